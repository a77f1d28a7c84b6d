import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { buttonLook } from '../../components/button.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Link } from '../../i18n/navigation.ts';
import { oneIn, textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { loadRuns, type RunFilter } from './loaders.ts';
import { RunFilters } from './run-filters.tsx';
import { RUN_STATUSES } from './run-states.ts';
import { RunTable } from './run-table.tsx';

const PERIODS = ['hour', 'day', 'week'] as const;
const HOURS = { hour: 1, day: 24, week: 168 };

/** What the address of the list asks for. */
function wantedOf(params: SearchParams) {
  return {
    status: oneIn(params, 'status', RUN_STATUSES),
    workflow: textIn(params, 'workflow'),
    since: oneIn(params, 'since', PERIODS),
    mine: oneIn(params, 'mine', ['yes']),
  };
}

function filterOf({ status, workflow, since, mine }: ReturnType<typeof wantedOf>): RunFilter {
  const startedAfter = since && new Date(Date.now() - HOURS[since] * 3_600_000).toISOString();
  return {
    ...(status ? { status: [status] } : {}),
    ...(workflow ? { workflowId: workflow } : {}),
    ...(startedAfter ? { startedAfter } : {}),
    ...(mine ? { startedByMe: true } : {}),
  };
}

/** The runs, newest first, narrowed by what the address says. */
export async function RunsList({ params }: { params: SearchParams }) {
  const t = await getTranslations('Runs');
  const wanted = wantedOf(params);
  const after = textIn(params, 'after');
  const { data, problem } = await loadRuns({ after, filter: filterOf(wanted) });
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.runs;
  const isNarrowed = Object.values(wanted).some((value) => value !== undefined);
  return (
    <>
      <RunFilters wanted={wanted} workflows={data.workflows.edges.map(({ node }) => node)} />
      {edges.length === 0 ? (
        <EmptyState
          title={t(isNarrowed ? 'noneMatch' : 'none')}
          text={t(isNarrowed ? 'noneMatchText' : 'noneText')}
        >
          <Link href={isNarrowed ? '/runs' : '/workflows'} className={buttonLook()}>
            {t(isNarrowed ? 'showAll' : 'toWorkflows')}
          </Link>
        </EmptyState>
      ) : (
        <RunTable runs={edges.map(({ node }) => node)} />
      )}
      <NextPage
        next={
          pageInfo.hasNextPage
            ? withQuery('/runs', { ...wanted, after: pageInfo.endCursor ?? undefined })
            : null
        }
        first={after === undefined ? null : withQuery('/runs', wanted)}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}
