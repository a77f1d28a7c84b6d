'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { useRouter } from '../i18n/navigation.ts';
import type { Problem } from '../lib/problem.ts';
import { useProblemText } from './problem-text.ts';
import { Button } from './button.tsx';

/** What stands where something could not be read: what happened, and a way on. */
export function ErrorState({ problem }: { problem: Problem }) {
  const t = useTranslations('ErrorState');
  const text = useProblemText();
  const router = useRouter();
  const [isBusy, start] = useTransition();
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-3 rounded-2 border border-fail/50 bg-ink-1 p-5"
    >
      <h2 className="text-16 font-semibold">{t('title')}</h2>
      <p className="max-w-prose text-explain">{text(problem)}</p>
      {problem.requestId === null ? null : (
        <p className="text-12 text-aside">
          {t('requestId')} <code className="font-mono">{problem.requestId}</code>
        </p>
      )}
      <Button isBusy={isBusy} onClick={() => start(() => router.refresh())}>
        {t('retry')}
      </Button>
    </div>
  );
}
