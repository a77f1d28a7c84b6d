'use client';

import { useTranslations } from 'next-intl';
import { DefinitionChanges } from '../../components/definition-changes.tsx';
import type { BulkPreview } from './bulk-actions.ts';

const SHOWN = 6;

/** What a bulk re-run would start, do once more and refuse, and what is different in the versions. */
export function BulkSummary({ preview }: { preview: BulkPreview['preview'] }) {
  const t = useTranslations('RunBulk');
  const { alreadyRerun, left, refused, repeats } = preview;
  const times = repeats.reduce((total, one) => total + one.times, 0);
  return (
    <div className="flex flex-col gap-4 text-13">
      {alreadyRerun === 0 ? null : <p className="text-explain">{t('already', { count: alreadyRerun })}</p>}
      {left === 0 ? null : <p className="text-wait">{t('over', { count: left })}</p>}
      <section>
        <h3 className="font-medium">{t('repeats', { count: times })}</h3>
        {repeats.length === 0 ? (
          <p className="mt-1 text-explain">{t('nothingRepeated')}</p>
        ) : (
          <ul className="mt-2 flex flex-col gap-2">
            {repeats.slice(0, SHOWN).map((one) => (
              <li
                key={`${one.workflow.id} ${one.stepId} ${one.summary}`}
                className="rounded-1 border border-line-soft px-3 py-2"
              >
                <span className="tabular-nums">{t('times', { count: one.times })}</span>{' '}
                <bdi className="font-medium">{one.summary}</bdi>
                <span className="block text-aside">{one.note}</span>
              </li>
            ))}
          </ul>
        )}
        <More count={repeats.length - SHOWN} />
      </section>
      <Versions versions={preview.versions} />
      {refused.length === 0 ? null : (
        <section>
          <h3 className="font-medium text-fail">{t('refusedRuns', { count: refused.length })}</h3>
          <ul className="mt-2 flex flex-col gap-2">
            {refused.slice(0, SHOWN).map(({ runId, message }) => (
              <li key={runId}>
                <code className="font-mono text-12 break-all">{runId}</code>
                <bdi className="block text-explain">{message}</bdi>
              </li>
            ))}
          </ul>
          <More count={refused.length - SHOWN} />
        </section>
      )}
    </div>
  );
}

/** Runs that would run another version than they did, with what is different in it. */
function Versions({ versions }: Pick<BulkPreview['preview'], 'versions'>) {
  const t = useTranslations('RunBulk');
  const moved = versions.filter(({ from, to }) => from !== to);
  if (moved.length === 0) return null;
  return (
    <section>
      <h3 className="font-medium">{t('versions')}</h3>
      <ul className="mt-2 flex flex-col gap-2">
        {moved.map(({ workflow, from, to, runs, differences }) => (
          <li key={`${workflow.id} ${from}`}>
            <bdi>{workflow.name}</bdi> {t('versionMove', { from, to, count: runs })}
            <DefinitionChanges changes={differences} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function More({ count }: { count: number }) {
  const t = useTranslations('RunBulk');
  return count > 0 ? <p className="mt-2 text-aside">{t('more', { count })}</p> : null;
}
