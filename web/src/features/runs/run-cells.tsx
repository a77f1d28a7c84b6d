import { getTranslations } from 'next-intl/server';
import { StateBadge } from '../../components/state-badge.tsx';
import { Cell } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { Duration } from './duration.tsx';
import type { ListedRun } from './loaders.ts';
import { RUN_TONES } from './run-states.ts';

/** The cells of a run in the list; the name of the workflow leads to its run. */
export async function RunCells({ run }: { run: ListedRun }) {
  const t = await getTranslations('Runs');
  const states = await getTranslations('RunStatus');
  const actors = await getTranslations('ActorKinds');
  return (
    <>
      <Cell>
        <StateBadge tone={RUN_TONES[run.status]} word={states(run.status)} isBare />
      </Cell>
      <Cell className="max-w-80">
        <Link href={`/runs/${run.id}`} data-run={run.id} className="font-medium hover:underline">
          <bdi>{run.workflow.name}</bdi>
        </Link>
        {run.error === null ? null : (
          <span className="block truncate text-12 text-aside" title={run.error.message}>
            {run.error.message}
          </span>
        )}
      </Cell>
      <Cell>
        <When at={run.startedAt ?? run.createdAt} />
      </Cell>
      <Cell>
        <Duration from={run.startedAt} to={run.finishedAt} />
      </Cell>
      <Cell className="max-w-48 truncate text-explain">
        {run.startedBy.kind === 'person' ? <bdi>{run.startedBy.name}</bdi> : actors(run.startedBy.kind)}
      </Cell>
      <Cell className="text-explain">{run.version === 0 ? t('draft') : run.version}</Cell>
    </>
  );
}
