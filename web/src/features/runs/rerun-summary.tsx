'use client';

import { useTranslations } from 'next-intl';
import type { RerunPreview } from './actions.ts';

const SHOWN = 6;

/** What a re-run would take over, do once more, and ask again. */
export function RerunSummary({ preview }: { preview: RerunPreview }) {
  const t = useTranslations('Rerun');
  const { problems, reused, repeats, asksAgain, movedBecause } = preview;
  return (
    <div className="flex flex-col gap-4 text-13">
      {movedBecause === null ? null : <p className="text-wait">{movedBecause}</p>}
      {problems.map(({ message }) => (
        <p key={message} role="alert" className="text-fail">
          {message}
        </p>
      ))}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <dt className="text-aside">{t('version')}</dt>
        <dd className="tabular-nums">{preview.version}</dd>
        <dt className="text-aside">{t('reused')}</dt>
        <dd className="tabular-nums">{t('steps', { count: reused.length })}</dd>
        <dt className="text-aside">{t('asks')}</dt>
        <dd className="tabular-nums">{t('approvals', { count: asksAgain.length })}</dd>
      </dl>
      <div>
        <h3 className="font-medium">{t('repeats', { count: repeats.length })}</h3>
        {repeats.length === 0 ? (
          <p className="mt-1 text-explain">{t('nothingRepeated')}</p>
        ) : (
          <ul className="mt-2 flex flex-col gap-2">
            {repeats.slice(0, SHOWN).map((one) => (
              <li key={one.path} className="rounded-1 border border-line-soft px-3 py-2">
                <bdi className="font-medium">{one.summary}</bdi>
                <span className="block text-aside">{one.note}</span>
              </li>
            ))}
          </ul>
        )}
        {repeats.length > SHOWN ? (
          <p className="mt-2 text-aside">{t('more', { count: repeats.length - SHOWN })}</p>
        ) : null}
      </div>
    </div>
  );
}
