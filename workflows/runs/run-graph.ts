import { Engine, type GraphStart, type Position } from './engine.ts';
import type { Held, OpenedRun, RunCarry, RunError, RunOutcome } from './model.ts';
import type { Ports } from './ports.ts';
import { runSteps } from './run-step.ts';
import { globalId } from '../ids.ts';
import { Scope } from './scope.ts';
import { ContinueInNewHistory, placeAt, StepError, stepError, TestEnded } from './step-error.ts';
import { findStep, type TestPlan } from './test-plan.ts';
import { before } from './time-limit.ts';

/** How an execution of a run ended: with an outcome, or to go on in a new history from this state. */
export type GraphEnd =
  { end: 'outcome'; outcome: RunOutcome; engine: Engine } | { end: 'continue'; carry: RunCarry };

/**
 * Runs a definition: the interpreter. Pure but for its ports. Walks the tree of steps; what the journal knows as
 * finished is skipped, so that the same function starts a run, goes on in a new history, and runs again from a step.
 */
export async function runGraph(ports: Ports, run: OpenedRun, start: GraphStart): Promise<GraphEnd> {
  const engine = new Engine(ports, run, { ...start, runSteps });
  const stored = engine.recorder.storeAtRest();
  const { timeoutSeconds } = run.flow.limits ?? {};
  const deadline =
    start.carry.deadline ?? (timeoutSeconds === undefined ? null : ports.now() + timeoutSeconds * 1000);
  try {
    return { end: 'outcome', outcome: await runWhole(engine, deadline), engine };
  } catch (error) {
    if (!(error instanceof ContinueInNewHistory)) throw error;
    const unsent = await engine.recorder.close();
    await stored;
    await ports.shield(() => start.inbox.lighten(ports));
    const { journal, response } = engine;
    const { paused } = start.controls;
    return {
      end: 'continue',
      carry: { journal, paused, response, deadline, ...unsent, ...start.inbox.carry() },
    };
  }
}

async function runWhole(engine: Engine, deadline: number | null): Promise<RunOutcome> {
  try {
    if (deadline === null) return { status: 'SUCCEEDED', output: await runFlow(engine) };
    const timed = await before(engine, deadline, () => runFlow(engine));
    return timed.inTime
      ? { status: 'SUCCEEDED', output: timed.result }
      : { status: 'TIMED_OUT', error: timedOut(engine) };
  } catch (error) {
    if (error instanceof TestEnded) return { status: 'SUCCEEDED', output: error.output };
    if (error instanceof StepError) return { status: 'FAILED', error: error.error };
    if (engine.ports.isCancellation(error)) return { status: 'CANCELLED' };
    throw error;
  }
}

async function runFlow(engine: Engine): Promise<Held> {
  const { flow, input, startedAt } = engine.run;
  const scope = Scope.root({ input, run: { id: globalId('run', engine.key.runId), startedAt, attempt: 1 } });
  const at = { path: '', node: engine.journal, scope, shielded: false, again: false };
  if (engine.test?.plan.only) return runAlone(engine, engine.test.plan, at);
  const last = await runSteps(engine, flow.steps, at);
  return flow.output === undefined
    ? last
    : engine.evaluator.render(flow.output, scope, { stepId: '', path: 'output' });
}

// The results that are given stand for the steps that would have run before.
async function runAlone(engine: Engine, { only, pins, vars }: TestPlan, at: Position): Promise<Held> {
  const step = only === null ? null : findStep(engine.run.flow.steps, only);
  if (!step) throw stepError(placeAt(only ?? ''), 'FAILED', `The definition has no step "${String(only)}".`);
  const held = Object.entries(vars).map(([name, value]) => [name, { value }] as const);
  const scope = at.scope.child(Object.fromEntries(held));
  for (const [id, pin] of Object.entries(pins)) {
    if (findStep([step], id)) continue;
    const place = placeAt(id);
    if ('output' in pin) scope.set(id, { output: await engine.evaluator.hold(pin.output, place) });
    else scope.set(id, { output: { value: null }, error: { ...pin.error, details: null, ...place } });
  }
  return runSteps(engine, [step], { ...at, scope });
}

function timedOut(engine: Engine): RunError {
  const { timeoutSeconds } = engine.run.flow.limits ?? {};
  const message = `The run did not finish within ${String(timeoutSeconds)} seconds, the limit of its definition.`;
  return {
    code: 'RUN_TIMED_OUT',
    message,
    stepId: null,
    path: null,
    details: { timeoutSeconds: timeoutSeconds ?? null },
  };
}

/** The state of a run that has done nothing yet. */
export function newCarry(): RunCarry {
  return {
    journal: {},
    inbox: [],
    seen: [],
    sequence: 0,
    revision: 0,
    events: [],
    paused: false,
    deadline: null,
    response: null,
  };
}
