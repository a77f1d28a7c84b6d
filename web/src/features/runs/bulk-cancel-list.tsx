'use client';

import { useTranslations } from 'next-intl';
import { useProblemText } from '../../components/problem-text.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import type { Problem } from '../../lib/problem.ts';
import type { RunRow } from './run-row.ts';
import { RUN_TONES } from './run-states.ts';

/** What became of one run: it was told to stop, or why not. */
export interface Outcome {
  problem: Problem | null;
}

interface ListProps {
  runs: readonly RunRow[];
  /** By id, as far as they are known; null before the first one is cancelled. */
  outcomes: ReadonlyMap<string, Outcome> | null;
}

/** The runs that are cancelled, each with how it stands and, once that is known, what became of it. */
export function BulkCancelList({ runs, outcomes }: ListProps) {
  const t = useTranslations('RunBulk');
  return (
    <div>
      <ul
        aria-label={t('runs')}
        className="max-h-72 overflow-y-auto rounded-1 border border-line-soft text-13"
        tabIndex={0}
      >
        {runs.map((run) => (
          <li
            key={run.id}
            className="flex flex-wrap items-center justify-between gap-x-3 border-b border-line-soft px-3 py-1.5 last:border-0"
          >
            <span className="min-w-0">
              <bdi className="font-medium break-words">{run.workflow.name}</bdi>{' '}
              <span className="text-aside">
                <When at={run.at} />
              </span>
            </span>
            <OutcomeBadge run={run} outcome={outcomes?.get(run.id)} hasBegun={outcomes !== null} />
          </li>
        ))}
      </ul>
      <p role="status" className="mt-2 text-13 text-explain">
        {outcomes === null ? '' : t('progress', { count: outcomes.size, all: runs.length })}
      </p>
    </div>
  );
}

function OutcomeBadge({
  run,
  outcome,
  hasBegun,
}: {
  run: RunRow;
  outcome: Outcome | undefined;
  hasBegun: boolean;
}) {
  const t = useTranslations('RunBulk');
  const states = useTranslations('RunStatus');
  const text = useProblemText();
  if (outcome === undefined)
    return hasBegun ? (
      <StateBadge tone="wait" word={t('pending')} isBare />
    ) : (
      <StateBadge tone={RUN_TONES[run.status]} word={states(run.status)} isBare />
    );
  if (outcome.problem === null) return <StateBadge tone="ok" word={t('told')} isBare />;
  return (
    <span className="text-fail">
      <StateBadge tone="fail" word={t('refused')} isBare /> <span>{text(outcome.problem)}</span>
    </span>
  );
}
