'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { KeyCap } from './key-cap.tsx';
import { isPlainKey } from './plain-key.ts';

const KEYS = [
  ['J', 'next'],
  ['K', 'previous'],
  ['A', 'approve'],
  ['D', 'deny'],
  ['?', 'help'],
] as const;

/** The keys of the inbox, opened by its button or by the question mark. */
export function KeysList() {
  const t = useTranslations('ApprovalKeys');
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === '?' && isPlainKey(event)) setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <Button
        tone="quiet"
        className="pointer-coarse:hidden max-md:hidden"
        aria-keyshortcuts="?"
        onClick={() => setOpen(true)}
      >
        {t('title')} <KeyCap name="?" />
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('title')}
        description={t('text')}
        closeLabel={t('close')}
      >
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-13">
          {KEYS.map(([key, name]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="inline-block min-w-7 rounded-1 border border-line bg-ink-2 px-2 py-0.5 text-center font-mono text-12">
                  {key}
                </kbd>
              </dt>
              <dd>{t(name)}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}
