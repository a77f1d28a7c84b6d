import { ownAction, summaryOf } from '../approvals/guarded-actions.ts';
import type { ApprovalClass } from '../approvals/model.ts';
import { diffDefinitions, type DefinitionChange } from '../definitions/diff-definitions.ts';
import { EFFECT_KINDS, type Flow, type Step, type StepKind } from '../definitions/model.ts';
import type { RunError, RunResponse, RunSeed, StepStatus } from './model.ts';
import { PastSteps, type PastStep } from './past-steps.ts';
import { seedJournal, whyClosed } from './rerun-seed.ts';
import { holdersOf, stopsOf, type PathStop } from './step-path.ts';

/** A run that is over, as a run again from one of its steps needs it. */
export interface PastRun {
  flow: Flow;
  steps: PastStep[];
  response: RunResponse | null;
}

/** Something outside that the earlier run did, or began to do, and that the new run will do again. */
export interface RepeatedAction {
  path: string;
  stepId: string;
  kind: StepKind;
  /** What it does, such as `POST /refunds through shop`. */
  summary: string;
  /** The class of approval that the action has by itself; null when it changes nothing outside. */
  class: ApprovalClass | null;
  /** How it ended in the earlier run. */
  status: StepStatus;
  /** Whether the call carries an idempotency key. */
  idempotent: boolean;
  /** What that means for a repetition, in words. */
  note: string;
}

/** What a run again would do. Paths are those of `run.steps.path`. */
export interface RerunPlan {
  /** Where it begins: the step that was asked for, or the container that had to be taken instead. */
  startsAt: string;
  /** Why it does not begin at the step that was asked for, in words; null when it does. */
  movedBecause: string | null;
  /** Steps whose results are taken over, with everything inside them. */
  reused: string[];
  /** Approvals of the earlier run, which are never taken over. */
  asksAgain: string[];
  repeats: RepeatedAction[];
  /** Steps before or beside the start whose definition is another one in this version. */
  changed: string[];
  /** Everything that is different in this version. */
  differences: DefinitionChange[];
  seed: RunSeed;
}

/**
 * Plans to run again from the step at `from`, on the definition `flow`. Null when `flow` has no such step at this
 * place. What the walk passes before the start is taken over from the earlier run, apart from approvals.
 */
export function planRerun(past: PastRun, flow: Flow, from: string): RerunPlan | null {
  const wanted = stopsOf(flow.steps, from);
  if (!wanted) return null;
  const steps = new PastSteps(past.steps, { from: past.flow, to: flow });
  const { stops, movedBecause } = enterable(steps, wanted);
  const { journal, done, changed } = seedJournal(steps, stops);
  const isReused = ({ path }: PastStep) => [path, ...holdersOf(path)].some((one) => done.has(one));
  const reused = past.steps.filter(isReused);
  const again = past.steps.filter((step) => step.status !== 'SKIPPED' && !isReused(step));
  const answered = reused.some((step) => step.kind === 'respond' && step.status === 'SUCCEEDED');
  return {
    startsAt: stops.at(-1)?.path ?? from,
    movedBecause,
    reused: reused.map((step) => step.path),
    asksAgain: again.filter((step) => stepNow(flow, step)?.kind === 'approval').map((step) => step.path),
    repeats: again.flatMap((step) => repeatedAction(flow, step)),
    changed: [...changed],
    differences: diffDefinitions(past.flow, flow),
    seed: {
      journal,
      response: answered ? past.response : null,
      sequence: reused.reduce((next, step) => Math.max(next, step.sequence + 1), 0),
    },
  };
}

/** The stops up to the outermost container in which a run cannot begin, or all of them. */
function enterable(steps: PastSteps, wanted: PathStop[]): { stops: PathStop[]; movedBecause: string | null } {
  for (const [i, stop] of wanted.entries()) {
    const next = wanted[i + 1];
    const why = next ? whyClosed(steps, stop, next) : null;
    if (why === null) continue;
    return { stops: wanted.slice(0, i + 1), movedBecause: `It begins at ${stop.path}: ${why}.` };
  }
  return { stops: wanted, movedBecause: null };
}

const REPEATED = new Set<StepKind>([...EFFECT_KINDS, 'callWorkflow']);

/** The step at the same place of another definition, when it is of the same kind. */
function stepNow(flow: Flow, { path, kind }: PastStep): Step | null {
  const step = stopsOf(flow.steps, path)?.at(-1)?.step;
  return step?.kind === kind ? step : null;
}

function repeatedAction(flow: Flow, past: PastStep): RepeatedAction[] {
  const step = stepNow(flow, past);
  if (!step || !REPEATED.has(step.kind)) return [];
  const { path, stepId, kind, status } = past;
  const summary = step.kind === 'callWorkflow' ? `a run of ${step.with.workflow}` : summaryOf(step);
  return [
    { path, stepId, kind, status, summary, class: ownAction(step)?.class ?? null, ...repetition(step) },
  ];
}

/** Methods that do not change anything on the other side; they are sent without a key. */
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

function repetition(step: Step): Pick<RepeatedAction, 'idempotent' | 'note'> {
  if (step.kind === 'callWorkflow')
    return { idempotent: false, note: 'It starts another run of that workflow.' };
  if (ownAction(step) === null) return { idempotent: false, note: 'It only reads.' };
  if (step.kind !== 'http' || READING.has(step.with.method ?? 'GET'))
    return { idempotent: false, note: 'The other side cannot tell that it is a repetition.' };
  const own = Object.keys(step.with.headers ?? {}).some((name) => name.toLowerCase() === 'idempotency-key');
  const note = own
    ? 'The definition sets its Idempotency-Key: the same key again is a repetition for the other side.'
    : 'Its Idempotency-Key is made of the run and the path. The new run has another id, hence another key: the other side takes it for a new call.';
  return { idempotent: true, note };
}

/**
 * The step at which a run that is over has to be taken up: the one that its error names, else the first that was left
 * undone and holds no other such step. Null when all that it came to was done.
 */
export function failedStep(steps: readonly PastStep[], error: RunError | null): PastStep | null {
  const named = steps.find((step) => step.path === error?.path);
  if (named) return named;
  const undone = steps.filter(({ status }) => status === 'FAILED' || status === 'CANCELLED');
  const holders = new Set(undone.flatMap(({ path }) => holdersOf(path)));
  return undone.find(({ path }) => !holders.has(path)) ?? null;
}

/** Which step of a run is meant by a path, or by the id of a step that the run came to once. */
export function findPastStep(steps: readonly PastStep[], wanted: string): PastStep | 'unknown' | 'ambiguous' {
  const named = steps.filter((step) => step.path === wanted);
  const found = named.length > 0 ? named : steps.filter((step) => step.stepId === wanted);
  if (found.length > 1) return 'ambiguous';
  return found[0] ?? 'unknown';
}
