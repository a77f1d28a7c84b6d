'use client';

import { useTranslations } from 'next-intl';
import { StateShape } from '../../components/state-shape.tsx';
import type { Issue } from './loaders.ts';

/** What is wrong with a definition, and where; or that nothing is. */
export function IssueList({ issues, isChecking }: { issues: Issue[]; isChecking: boolean }) {
  const t = useTranslations('Workflow');
  if (isChecking)
    return (
      <p role="status" className="text-13 text-aside">
        {t('checking')}
      </p>
    );
  if (issues.length === 0)
    return (
      <p role="status" className="flex items-center gap-2 text-13 text-ok">
        <StateShape tone="ok" /> {t('noProblems')}
      </p>
    );
  return (
    <div role="status">
      <h3 className="text-13 font-medium text-fail">{t('problems', { count: issues.length })}</h3>
      <ul className="mt-2 flex flex-col gap-1.5 text-13">
        {issues.map(({ code, message, path }) => (
          <li key={`${code} ${path}`} className="rounded-1 border border-line-soft bg-ink-1 px-3 py-2">
            <code className="font-mono text-12 break-all text-aside">{path}</code>
            <span className="block break-words">{message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
