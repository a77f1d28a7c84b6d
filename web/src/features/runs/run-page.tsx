import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { Link } from '../../i18n/navigation.ts';
import type { SearchParams } from '../../lib/search-params.ts';
import { loadPermissions } from '../shell/viewer.ts';
import { RunKeys } from './run-keys.tsx';
import { LiveRun } from './live-run.tsx';
import { loadRun, type ShownRun } from './loaders.ts';
import { runAddress } from './run-address.ts';
import { RunBody } from './run-body.tsx';
import { RunControls } from './run-controls.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunMenu } from './run-menu.tsx';
import { isOver, RUN_TONES } from './run-states.ts';
import { WaitingFor } from './waiting-for.tsx';
import { runsAddress } from './wanted-runs.ts';

/** A run: where it is, what it waits for, and everything that it did. */
export async function RunPage({ id, params }: { id: string; params: SearchParams }) {
  const t = await getTranslations('RunPage');
  const states = await getTranslations('RunStatus');
  const { data, problem } = await loadRun(id);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { run, approvals } = data;
  const asked = data.asked.edges.map(({ node }) => node);
  if (run === null) return null;
  const permissions = await loadPermissions();
  const isEnding = run.cancelRequestedAt !== null;
  return (
    <>
      {isOver(run.status) ? null : <LiveRun runId={run.id} />}
      <PageHeader
        title={run.workflow.name}
        above={
          <>
            <Link href="/runs" className="hover:text-say">
              {t('runs')}
            </Link>{' '}
            / <code className="font-mono text-12 break-all">{run.id}</code>
          </>
        }
        beside={<StateBadge tone={RUN_TONES[run.status]} word={states(run.status)} />}
      >
        {!isOver(run.status) && permissions.has('runs.control') ? (
          <RunControls runId={run.id} status={run.status} isEnding={isEnding} />
        ) : null}
        <RunKeys of="run" />
        <RunMenu runId={run.id} rerunOf={run.rerunOf} temporalUrl={run.temporalUrl} />
      </PageHeader>
      <RunFacts run={run} asked={asked} />
      <RunOutcome run={run} />
      <WaitingFor
        approvals={approvals.edges.map(({ node }) => node)}
        hasMore={approvals.pageInfo.hasNextPage}
      />
      <RunBody {...{ run, asked, params }} canRerun={permissions.has('runs.start')} />
    </>
  );
}

async function RunOutcome({ run: { id, error, failureFingerprint } }: { run: ShownRun }) {
  const t = await getTranslations('RunPage');
  if (error === null) return null;
  return (
    <section aria-label={t('error')} className="mb-5 rounded-2 border border-fail/50 bg-ink-1 p-4">
      <h2 className="font-semibold">
        {t('failed')} <code className="font-mono text-12 text-fail">{error.code}</code>
      </h2>
      <p className="mt-1 break-words text-explain">{error.message}</p>
      {error.path === null ? null : (
        <p className="mt-1 text-13 text-aside">
          {t('at')}{' '}
          <Link href={runAddress(id, { step: error.path })} className="underline underline-offset-4">
            <code className="font-mono text-12 text-explain">{error.path}</code>
          </Link>
        </p>
      )}
      {failureFingerprint === null ? null : (
        <Link
          href={runsAddress({ failure: failureFingerprint })}
          className="mt-1 inline-block text-13 text-thread underline underline-offset-4"
        >
          {t('sameFailure')}
        </Link>
      )}
    </section>
  );
}
