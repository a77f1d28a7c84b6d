'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useRouter } from '../../i18n/navigation.ts';

/** Says that there is no connection, keeps the page from being left for the browser's own error, and sees when it is back. */
export function ConnectionBanner() {
  const t = useTranslations('Errors');
  const words = useTranslations('ErrorState');
  const router = useRouter();
  const isAway = useSyncExternalStore(
    onChange,
    () => !navigator.onLine,
    () => false,
  );
  const [tried, setTried] = useState<'no' | 'now' | 'in vain'>('no');
  useEffect(() => {
    const back = (): void => {
      setTried('no');
      toast.success(t('online'));
      router.refresh();
    };
    window.addEventListener('online', back);
    return () => window.removeEventListener('online', back);
  }, [router, t]);
  useEffect(() => {
    if (!isAway) return undefined;
    document.addEventListener('click', stay, { capture: true });
    return () => document.removeEventListener('click', stay, { capture: true });
  }, [isAway]);

  const tryAgain = async (): Promise<void> => {
    setTried('now');
    const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => null);
    if (answer?.ok === true) window.dispatchEvent(new Event('online'));
    else setTried('in vain');
  };
  return (
    // Always there: what is said later in it is read out even while a question stands in front of the page.
    <div aria-live="assertive">
      {isAway ? (
        <div className="fixed inset-x-3 top-3 z-60 mx-auto flex max-w-xl flex-wrap items-center gap-3 rounded-2 border border-wait bg-ink-2 px-4 py-2.5 text-13 shadow-lift">
          <span className="shrink-0 text-wait">
            <StateShape tone="wait" />
          </span>
          <p className="min-w-0 flex-1 basis-48">
            {t('offline')}
            {tried === 'in vain' ? <span className="block text-explain">{t('stillOffline')}</span> : null}
          </p>
          <Button isBusy={tried === 'now'} onClick={() => void tryAgain()}>
            {words('retry')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function onChange(hear: () => void): () => void {
  window.addEventListener('online', hear);
  window.addEventListener('offline', hear);
  return () => {
    window.removeEventListener('online', hear);
    window.removeEventListener('offline', hear);
  };
}

/** A link that cannot be followed would end at the browser's own page, and take with it what is typed here. */
function stay(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('a[href]') === null) return;
  event.preventDefault();
  event.stopPropagation();
}
