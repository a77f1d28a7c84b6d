'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import type { ShownApproval } from './loaders.ts';

export type Decision = 'APPROVE' | 'DENY';

/** Approve or deny, by button or by the keys A and D. Each asks once more. */
export function DecideButtons({ approval }: { approval: ShownApproval }) {
  const t = useTranslations('Approval');
  const [asked, setAsked] = useState<Decision | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isForField =
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [role=dialog]') !== null;
      if (isForField || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'a') setAsked('APPROVE');
      if (event.key === 'd') setAsked('DENY');
      if (event.key === 'a' || event.key === 'd') event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <div className="flex gap-2">
      <Button
        tone="main"
        className="min-h-10 flex-1"
        aria-keyshortcuts="a"
        onClick={() => setAsked('APPROVE')}
      >
        {t('approve')} <Key name="A" />
      </Button>
      <Button className="min-h-10 flex-1" aria-keyshortcuts="d" onClick={() => setAsked('DENY')}>
        {t('deny')} <Key name="D" />
      </Button>
      {asked === null ? null : (
        <DecideDialog approval={approval} decision={asked} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}

function Key({ name }: { name: string }) {
  return (
    <kbd
      aria-hidden="true"
      className="rounded-[4px] border border-current px-1 font-sans text-12 opacity-80 max-md:hidden"
    >
      {name}
    </kbd>
  );
}
