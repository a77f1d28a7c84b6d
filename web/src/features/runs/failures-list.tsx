import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { loadPermissions } from '../shell/viewer.ts';
import { loadFailures, type Failure } from './bulk-loaders.ts';
import { BulkRerun } from './bulk-rerun.tsx';
import { runsAddress } from './wanted-runs.ts';

/** The reasons for which runs failed, each with its runs and the way to run them again together. */
export async function FailuresList({ params }: { params: SearchParams }) {
  const t = await getTranslations('RunFailures');
  const after = textIn(params, 'after');
  const { data, problem } = await loadFailures(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.failures;
  const canStart = (await loadPermissions()).has('runs.start');
  if (edges.length === 0) return <EmptyState title={t('none')} text={t('noneText')} />;
  const address = (from: string | undefined) => withQuery('/runs/failures', { after: from });
  return (
    <>
      <StackTable
        label={t('title')}
        head={[t('reason'), t('workflow'), t('last'), t('count'), t('open'), '']}
        rows={edges.map(({ node }) => toRow(node, canStart))}
      />
      <NextPage
        next={pageInfo.hasNextPage ? address(pageInfo.endCursor ?? undefined) : null}
        first={after === undefined ? null : address(undefined)}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}

function toRow(failure: Failure, canStart: boolean) {
  return {
    key: failure.fingerprint,
    cells: [
      <Reason key="reason" failure={failure} />,
      <bdi key="workflow">{failure.workflow.name}</bdi>,
      <When key="last" at={failure.lastAt} />,
      failure.count,
      failure.open,
      <Actions key="actions" failure={failure} canStart={canStart} />,
    ],
  };
}

async function Reason({ failure: { fingerprint, code, message, stepId } }: { failure: Failure }) {
  const t = await getTranslations('RunFailures');
  return (
    <>
      <Link href={runsAddress({ failure: fingerprint })} className="font-medium hover:underline">
        <bdi className="line-clamp-2">{message}</bdi>
      </Link>
      <span className="block text-12 text-aside">
        <code className="font-mono">{code}</code>
        {stepId === null ? null : (
          <>
            {' · '}
            {t('at')} <code className="font-mono">{stepId}</code>
          </>
        )}
      </span>
    </>
  );
}

async function Actions({ failure, canStart }: { failure: Failure; canStart: boolean }) {
  const t = await getTranslations('RunFailures');
  if (!canStart || failure.open === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 max-md:ms-3 max-md:justify-start">
      <BulkRerun target={{ failureFingerprint: failure.fingerprint }} workflowId={failure.workflow.id}>
        {t('rerun', { count: failure.open })}
      </BulkRerun>
    </div>
  );
}
