import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { Note } from '../../components/note.tsx';
import { oneIn, textIn, type SearchParams } from '../../lib/search-params.ts';
import { EventLog } from './event-log.tsx';
import {
  hasMoreSteps,
  loadDefinition,
  loadStep,
  type AskedPeople,
  type ShownRun,
  type ShownStep,
} from './loaders.ts';
import { RUN_VIEWS } from './run-address.ts';
import { RunGraph } from './run-graph.tsx';
import { isOver } from './run-states.ts';
import { RunViews } from './run-views.tsx';
import { StepInspector } from './step-inspector.tsx';
import { Timeline } from './timeline.tsx';

interface BodyProps {
  run: ShownRun;
  asked: AskedPeople;
  params: SearchParams;
  canRerun: boolean;
}

/** What of a run the address asks for: its steps or their graph, the event log, or the values of it as a whole. */
export async function RunBody({ run, params, ...rest }: BodyProps) {
  const view = oneIn(params, 'view', RUN_VIEWS) ?? 'steps';
  const step = await stepAt(run, textIn(params, 'step'));
  return (
    <>
      <RunViews runId={run.id} view={view} step={step?.path} />
      {view === 'events' ? <EventLog runId={run.id} after={Number(textIn(params, 'from')) || 0} /> : null}
      {view === 'values' ? <RunValues run={run} /> : null}
      {view === 'steps' || view === 'graph' ? <RunSteps {...{ run, view, step, ...rest }} /> : null}
    </>
  );
}

/** A step by its path, also one that is not among those at hand. */
async function stepAt({ id, steps }: ShownRun, path: string | undefined): Promise<ShownStep | undefined> {
  if (path === undefined) return undefined;
  return steps.find((step) => step.path === path) ?? (await loadStep(id, path)).data ?? undefined;
}

async function RunValues({ run }: { run: ShownRun }) {
  const t = await getTranslations('RunPage');
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      {(['input', 'output'] as const).map((name) => (
        <section key={name}>
          <h2 className="mb-2 font-semibold">{t(name)}</h2>
          <JsonView value={run[name]} label={t(name)} cut={t('cut')} />
        </section>
      ))}
    </div>
  );
}

interface StepsProps extends Omit<BodyProps, 'params'> {
  view: 'steps' | 'graph';
  step: ShownStep | undefined;
}

/** The steps with the inspector at their side. */
async function RunSteps({ run, asked, view, step, canRerun }: StepsProps) {
  const t = await getTranslations('RunPage');
  const until = run.finishedAt === null ? new Date().getTime() : Date.parse(run.finishedAt);
  return (
    <>
      {hasMoreSteps(run) ? (
        <Note>
          <p>{t('manySteps', { shown: run.steps.length, count: run.stepCount })}</p>
        </Note>
      ) : null}
      <div className={step ? 'grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_23rem]' : ''}>
        {step ? (
          <div className="xl:sticky xl:top-5 xl:order-2">
            <StepInspector {...{ run, view, step }} canRerun={canRerun && isOver(run.status)} />
          </div>
        ) : null}
        {view === 'graph' ? (
          <Graph run={run} selected={step?.path ?? null} />
        ) : (
          <Timeline runId={run.id} steps={run.steps} selected={step?.path ?? null} {...{ asked, until }} />
        )}
      </div>
    </>
  );
}

async function Graph({ run, selected }: { run: ShownRun; selected: string | null }) {
  const { data, problem } = await loadDefinition(run.id);
  if (problem !== null) return <ErrorState problem={problem} />;
  if (data.run === null) return null;
  return (
    <RunGraph
      runId={run.id}
      definition={data.run.definition}
      steps={run.steps}
      selected={selected}
      isOver={isOver(run.status)}
    />
  );
}
