import type { EffectKind } from '../definitions/model.ts';
import type { RunId, TenantId } from '../ids.ts';
import type { Json } from '../json.ts';
import type { StartedOf } from '../search-attributes.ts';
import type {
  FinalRunStatus,
  Held,
  HeldScope,
  OpenedRun,
  RunError,
  RunOutcome,
  RunResponse,
  RunStatus,
  StepEvent,
} from './model.ts';

/** Whose run an activity works for. Every activity input carries it. */
export interface RunKey {
  tenantId: TenantId;
  runId: RunId;
}

/** What the run workflow asks of the world. Implemented in `activities/runs`. */
export interface RunActivities {
  /** Reads the run with its version's definition (hash checked) and marks it RUNNING, unless it must wait its turn. */
  openRun(input: RunKey): Promise<OpenedRun>;
  /** Stores step events and, when given, the run's status; running it twice changes nothing. */
  recordSteps(input: RecordStepsInput): Promise<void>;
  /** Does one attempt of an effect step. Expected failures are returned, not thrown. */
  executeEffect(input: EffectInput): Promise<EffectOutcome>;
  /** Evaluates a template that needs values stored outside the history. Expression errors are returned. */
  evaluateStored(
    input: RunKey & { path: string; template: Json; scope: HeldScope },
  ): Promise<EvaluateOutcome>;
  /**
   * Joins the parts of a list or an object into one value, or moves one out of the history. Small results stay inline
   * unless `outside` is set. Over the limit is an error of the step.
   */
  storeValue(input: StoreValueInput): Promise<EvaluateOutcome>;
  /** Writes the run that `callWorkflow` starts; the same path gives the same run. */
  createChildRun(input: CreateChildRunInput): Promise<ChildRunOutcome>;
  /** How a run that this one called has ended; null while it goes on. */
  readChildOutcome(input: ChildKey): Promise<RunOutcome | null>;
  /** Asks a run that this one called to stop. False when it is over already. */
  cancelChildRun(input: ChildKey): Promise<boolean>;
  /** Writes the end of a run. One that was over stays as it is: gives how it had ended, else null. */
  closeRun(input: CloseRunInput): Promise<RunOutcome | null>;
}

export interface StoreValueInput extends RunKey {
  path: string;
  value: Held | { list: Held[] } | { fields: Record<string, Held> };
  outside?: boolean;
}

export type RecordStepsInput = RunKey & StepRecord;

/** Step events, and what else is new about the run. */
export interface StepRecord {
  events: StepEvent[];
  /** Set when the run's own status changed; `revision` grows with each change. */
  run?: { status: RunStatus; revision: number };
  /** Set until it was told once: when a run began that nobody marked RUNNING. ISO 8601. */
  begunAt?: string;
  /** The run's answer, as soon as there is one. The first that is stored stands. */
  response?: RunResponse;
}

export interface EffectInput extends RunKey {
  kind: EffectKind;
  stepId: string;
  path: string;
  attempt: number;
  /** Run id + path: the same for each attempt, so that the other side can tell a repetition. */
  idempotencyKey: string;
  /** The step's `with`, evaluated; or as written together with the scope when it needs stored values. */
  with: Held;
  scope?: HeldScope;
  timeoutSeconds: number;
  /** The attempt has its slot under the rate limit of its connection and goes out at once. */
  reserved?: boolean;
  /** What is to be stored as `recordSteps` does it, when the effect takes long or this has waited for long. */
  record?: StepRecord;
}

/**
 * `notBefore`: nothing was done. The attempt has a slot at that time (milliseconds since 1970): call again then.
 * `recorded`: what came with the call is stored.
 */
export type EffectOutcome = (
  { output: Held } | { error: StepFailure } | { notBefore: number; connection: string }
) & { recorded?: true };
export type EvaluateOutcome = { output: Held } | { error: StepFailure };

/** A failure of a step as an activity reports it. `retryable`: the same call may succeed later. */
export interface StepFailure {
  code: string;
  message: string;
  details: Json;
  retryable: boolean;
}

export interface CreateChildRunInput extends RunKey {
  path: string;
  workflow: string;
  version: number | null;
  input: Held;
  depth: number;
  /** True when the caller waits for the message that the child is over. */
  waits?: boolean;
  /** What becomes of the child when the caller ends before it; left alone when nothing is said. */
  onParentEnd?: 'cancel' | 'leave';
}

/** A run, and one that it called. */
export interface ChildKey extends RunKey {
  childRunId: RunId;
}
export type ChildRunOutcome = CreatedChild | { error: StepFailure };

/** The run of a called workflow, and what it runs; answers of earlier releases do not tell the latter. */
export interface CreatedChild extends StartedOf {
  runId: RunId;
}

export interface CloseRunInput extends RunKey {
  status: FinalRunStatus;
  output: Held | null;
  error: RunError | null;
  response: RunResponse | null;
  events: StepEvent[];
  /** See {@link RecordStepsInput.begunAt}. */
  begunAt?: string;
}
