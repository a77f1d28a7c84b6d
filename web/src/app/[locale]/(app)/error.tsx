'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button, buttonLook } from '../../../components/button.tsx';
import { Link } from '../../../i18n/navigation.ts';

interface ErrorPageProps {
  error: Error & { digest?: string };
}

/** What nobody expected: says so, with the mark by which the log knows it, and a way on. */
export default function ErrorPage({ error }: ErrorPageProps) {
  const t = useTranslations('ErrorState');
  const more = useTranslations('Errors');
  useEffect(() => {
    // React has caught it, so nobody else hears of it: the client log listens for what is reported.
    reportError(error);
  }, [error]);
  return (
    <main
      role="alert"
      className="mx-auto flex min-h-[70dvh] max-w-sm flex-col items-start justify-center gap-3 px-5"
    >
      <h1 className="text-21 font-semibold">{t('brokenTitle')}</h1>
      <p className="text-explain">{t('brokenText')}</p>
      {error.digest === undefined ? null : (
        <p className="text-12 text-aside">
          {t('requestId')} <code className="font-mono">{error.digest}</code>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button tone="main" onClick={() => location.reload()}>
          {t('retry')}
        </Button>
        <Link href="/" className={buttonLook()}>
          {more('home')}
        </Link>
      </div>
    </main>
  );
}
