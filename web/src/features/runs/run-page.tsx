import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { Link } from '../../i18n/navigation.ts';
import { textIn, type SearchParams } from '../../lib/search-params.ts';
import { loadPermissions } from '../shell/viewer.ts';
import { EventLog } from './event-log.tsx';
import { LiveRun } from './live-run.tsx';
import { loadRun, type ShownRun } from './loaders.ts';
import { RunControls } from './run-controls.tsx';
import { RunFacts } from './run-facts.tsx';
import { isOver, RUN_TONES } from './run-states.ts';
import { RunViews, type RunView } from './run-views.tsx';
import { StepInspector } from './step-inspector.tsx';
import { Timeline } from './timeline.tsx';
import { WaitingFor } from './waiting-for.tsx';

/** A run: where it is, what it waits for, and everything that it did. */
export async function RunPage({ id, params }: { id: string; params: SearchParams }) {
  const t = await getTranslations('RunPage');
  const states = await getTranslations('RunStatus');
  const { data, problem } = await loadRun(id);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { run, approvals } = data;
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
      </PageHeader>
      <RunFacts run={run} />
      <RunOutcome run={run} />
      <WaitingFor
        approvals={approvals.edges.map(({ node }) => node)}
        hasMore={approvals.pageInfo.hasNextPage}
      />
      <RunBody run={run} params={params} canRerun={permissions.has('runs.start')} />
    </>
  );
}

async function RunOutcome({ run: { error } }: { run: ShownRun }) {
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
          {t('at')} <code className="font-mono text-12">{error.path}</code>
        </p>
      )}
    </section>
  );
}

/** The steps with the inspector at their side, the event log, or the values of the run as a whole. */
async function RunBody({
  run,
  params,
  canRerun,
}: {
  run: ShownRun;
  params: SearchParams;
  canRerun: boolean;
}) {
  const t = await getTranslations('RunPage');
  const view = (textIn(params, 'view') ?? 'steps') as RunView;
  const step = run.steps.find(({ path }) => path === textIn(params, 'step'));
  const until = run.finishedAt === null ? new Date().getTime() : Date.parse(run.finishedAt);
  return (
    <>
      <RunViews runId={run.id} view={view} />
      {view === 'events' ? <EventLog runId={run.id} after={Number(textIn(params, 'from')) || 0} /> : null}
      {view === 'values' ? (
        <div className="grid gap-5 lg:grid-cols-2">
          {(['input', 'output'] as const).map((name) => (
            <section key={name}>
              <h2 className="mb-2 font-semibold">{t(name)}</h2>
              <JsonView value={run[name]} label={t(name)} cut={t('cut')} />
            </section>
          ))}
        </div>
      ) : null}
      {view === 'steps' ? (
        <div className={step ? 'grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_23rem]' : ''}>
          {step ? (
            <div className="xl:sticky xl:top-5 xl:order-2">
              <StepInspector runId={run.id} step={step} canRerun={canRerun && isOver(run.status)} />
            </div>
          ) : null}
          <Timeline runId={run.id} steps={run.steps} selected={step?.path ?? null} until={until} />
        </div>
      ) : null}
    </>
  );
}
