import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { buttonLook } from '../../components/button.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Link } from '../../i18n/navigation.ts';
import { textIn, type SearchParams } from '../../lib/search-params.ts';
import { loadViewer } from '../shell/viewer.ts';
import { FailureNote } from './failure-note.tsx';
import { loadRuns, type ListedRun } from './loaders.ts';
import { RunCells } from './run-cells.tsx';
import { RunFilters } from './run-filters.tsx';
import { RunRows } from './run-rows.tsx';
import { SavedViewsBar } from './saved-views-bar.tsx';
import { runFilter, runsAddress, wantedRuns } from './wanted-runs.ts';

/** The runs, newest first, narrowed by what the address says. */
export async function RunsList({ params }: { params: SearchParams }) {
  const t = await getTranslations('Runs');
  const wanted = wantedRuns(params);
  const after = textIn(params, 'after');
  const [{ data, problem }, { data: viewer }] = await Promise.all([
    loadRuns({ after, filter: runFilter(wanted, new Date().getTime()) }),
    loadViewer(),
  ]);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.runs;
  const runs = edges.map(({ node }) => node);
  const isNarrowed = Object.values(wanted).some((value) => value !== undefined);
  const { person, organisation, permissions = [] } = viewer?.viewer ?? {};
  return (
    <>
      <SavedViewsBar
        owner={`${person?.id ?? ''} ${organisation?.id ?? ''}`}
        address={runsAddress(wanted)}
        isNarrowed={isNarrowed}
      />
      <RunFilters wanted={wanted} workflows={data.workflows.edges.map(({ node }) => node)} />
      {wanted.failure === undefined ? null : (
        <FailureNote
          fingerprint={wanted.failure}
          newest={runs[0] ?? null}
          without={runsAddress({ ...wanted, failure: undefined })}
          canStart={permissions.includes('runs.start')}
        />
      )}
      <RunRows
        rows={runs.map(toRow)}
        hasMore={pageInfo.hasNextPage}
        isNewest={after === undefined}
        empty={<NoRuns isNarrowed={isNarrowed} />}
        canControl={permissions.includes('runs.control')}
        canStart={permissions.includes('runs.start')}
      />
      <NextPage
        next={pageInfo.hasNextPage ? runsAddress(wanted, pageInfo.endCursor ?? undefined) : null}
        first={after === undefined ? null : runsAddress(wanted)}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}

function toRow(run: ListedRun) {
  const { id, status, createdAt, workflow } = run;
  return { id, at: createdAt, status, workflow, cells: <RunCells run={run} /> };
}

async function NoRuns({ isNarrowed }: { isNarrowed: boolean }) {
  const t = await getTranslations('Runs');
  return (
    <EmptyState
      title={t(isNarrowed ? 'noneMatch' : 'none')}
      text={t(isNarrowed ? 'noneMatchText' : 'noneText')}
    >
      <Link href={isNarrowed ? '/runs' : '/workflows'} className={buttonLook()}>
        {t(isNarrowed ? 'showAll' : 'toWorkflows')}
      </Link>
    </EmptyState>
  );
}
