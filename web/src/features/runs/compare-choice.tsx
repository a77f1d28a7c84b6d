import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { compareAddress } from './compare-address.ts';
import { loadHead } from './compare-loaders.ts';
import { Duration } from './duration.tsx';
import { loadRuns, type ListedRun } from './loaders.ts';
import { RUN_TONES } from './run-states.ts';

/** Chooses the run to set beside one: the runs of the same workflow, newest first. */
export async function CompareChoice({ given, after }: { given: string; after: string | undefined }) {
  const t = await getTranslations('RunCompare');
  const { data: known, problem: unknown } = await loadHead(given);
  if (unknown !== null) return <ErrorState problem={unknown} />;
  if (known.run === null) return null;
  const { data, problem } = await loadRuns({ after, filter: { workflowId: known.run.workflow.id } });
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.runs;
  const others = edges.map(({ node }) => node).filter(({ id }) => id !== given);
  const address = (from: string | undefined) => withQuery('/runs/compare', { left: given, after: from });
  return (
    <>
      <p className="mb-3 max-w-prose text-explain">
        {t('choose', { name: known.run.workflow.name })}{' '}
        <code className="font-mono text-12 break-all">{given}</code>
      </p>
      {others.length === 0 && after === undefined ? (
        <EmptyState title={t('noOther')} text={t('noOtherText')}>
          <Link href={`/runs/${given}`} className={buttonLook()}>
            {t('back')}
          </Link>
        </EmptyState>
      ) : (
        <Choices given={given} runs={others} />
      )}
      <NextPage
        next={pageInfo.hasNextPage ? address(pageInfo.endCursor ?? undefined) : null}
        first={after === undefined ? null : address(undefined)}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}

async function Choices({ given, runs }: { given: string; runs: ListedRun[] }) {
  const t = await getTranslations('RunCompare');
  const states = await getTranslations('RunStatus');
  return (
    <StackTable
      label={t('others')}
      head={[t('state'), t('started'), t('took'), t('versionHead'), '']}
      rows={runs.map((run) => ({
        key: run.id,
        cells: [
          <StateBadge key="state" tone={RUN_TONES[run.status]} word={states(run.status)} isBare />,
          <When key="started" at={run.startedAt ?? run.createdAt} />,
          <Duration key="took" from={run.startedAt} to={run.finishedAt} />,
          <span key="version">{run.version === 0 ? t('draft') : run.version}</span>,
          <Link
            key="compare"
            href={compareAddress({ left: given, right: run.id })}
            className={buttonLook('plain', 'max-md:ms-3')}
          >
            {t('compare')}
          </Link>,
        ],
      }))}
    />
  );
}
