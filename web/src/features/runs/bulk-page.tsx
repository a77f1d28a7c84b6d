import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { loadPermissions } from '../shell/viewer.ts';
import { loadBulk, type ShownBulk } from './bulk-loaders.ts';
import { BulkProgress } from './bulk-progress.tsx';
import { LiveBulk } from './live-bulk.tsx';
import { StopBulk } from './stop-bulk.tsx';
import { runsAddress } from './wanted-runs.ts';

const TONES = { RUNNING: 'run', FINISHED: 'ok', CANCELLED: 'idle' } as const;
const ITEM_TONES = { PENDING: 'wait', STARTED: 'ok', REFUSED: 'fail' } as const;

/** Many runs that are run again together: how far that is, and what became of each. */
export async function BulkPage({ id, params }: { id: string; params: SearchParams }) {
  const t = await getTranslations('RunBulk');
  const after = textIn(params, 'after');
  const { data, problem } = await loadBulk(id, after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { bulkRerun: bulk } = data;
  if (bulk === null) return null;
  const permissions = await loadPermissions();
  const { pageInfo } = bulk.items;
  const address = (from: string | undefined) => withQuery(`/runs/bulk/${bulk.id}`, { after: from });
  return (
    <>
      {bulk.status === 'RUNNING' ? <LiveBulk /> : null}
      <PageHeader
        title={t('title')}
        above={
          <>
            <Link href="/runs" className="hover:text-say">
              {t('allRuns')}
            </Link>{' '}
            / <code className="font-mono text-12 break-all">{bulk.id}</code>
          </>
        }
        beside={<StateBadge tone={TONES[bulk.status]} word={t(`states.${bulk.status}`)} />}
      >
        {bulk.status === 'RUNNING' && permissions.has('runs.control') ? <StopBulk id={bulk.id} /> : null}
      </PageHeader>
      <Facts bulk={bulk} />
      <BulkProgress started={bulk.started} refused={bulk.refused} pending={bulk.pending} />
      <Items items={bulk.items.edges.map(({ node }) => node)} />
      <NextPage
        next={pageInfo.hasNextPage ? address(pageInfo.endCursor ?? undefined) : null}
        first={after === undefined ? null : address(undefined)}
        words={{ next: t('next'), first: t('first'), label: t('pages') }}
      />
    </>
  );
}

async function Facts({ bulk }: { bulk: ShownBulk }) {
  const t = await getTranslations('RunBulk');
  const actors = await getTranslations('ActorKinds');
  const { kind, name } = bulk.createdBy;
  return (
    <p className="mb-5 flex flex-wrap gap-x-6 gap-y-1 text-13 text-explain">
      <When at={bulk.createdAt} />
      {kind === 'person' ? <bdi>{name}</bdi> : <span>{actors(kind)}</span>}
      <span>{bulk.version === null ? t('ownVersion') : t('onVersion', { number: bulk.version })}</span>
      {bulk.failureFingerprint === null ? null : (
        <Link
          href={runsAddress({ failure: bulk.failureFingerprint })}
          className="text-thread underline underline-offset-4"
        >
          {t('ofFailure')}
        </Link>
      )}
    </p>
  );
}

async function Items({ items }: { items: ShownBulk['items']['edges'][number]['node'][] }) {
  const t = await getTranslations('RunBulk');
  return (
    <StackTable
      label={t('runs')}
      head={[t('run'), t('outcome'), t('newRun')]}
      rows={items.map((item) => ({
        key: item.runId,
        cells: [
          <RunLink key="run" id={item.runId} />,
          <span key="outcome">
            <StateBadge tone={ITEM_TONES[item.status]} word={t(`items.${item.status}`)} isBare />
            {item.message === null ? null : <bdi className="block text-12 text-aside">{item.message}</bdi>}
          </span>,
          item.newRunId === null ? (
            <span key="new" className="text-aside">
              –
            </span>
          ) : (
            <RunLink key="new" id={item.newRunId} />
          ),
        ],
      }))}
    />
  );
}

function RunLink({ id }: { id: string }) {
  return (
    <Link href={`/runs/${id}`} className="font-mono text-12 break-all hover:underline">
      {id}
    </Link>
  );
}
