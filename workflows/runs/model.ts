import type { ApprovalClass, ApprovalRequest } from '../approvals/model.ts';
import type { LaunchStage } from '../launch-stage.ts';
import type { Flow, StepKind } from '../definitions/model.ts';
import type { PersonId, RunId, TenantId, WorkflowId } from '../ids.ts';
import type { Json } from '../json.ts';
import type { TestPlan } from './test-plan.ts';

export const RUN_STATUSES = [
  'QUEUED',
  'RUNNING',
  'WAITING',
  'PAUSED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'TIMED_OUT',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
/** A run in one of these is over and never changes again. */
export const FINAL_RUN_STATUSES = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT'] as const;
export type FinalRunStatus = (typeof FINAL_RUN_STATUSES)[number];

export const STEP_STATUSES = [
  'RUNNING',
  'WAITING',
  'RETRYING',
  'SUCCEEDED',
  'FAILED',
  'SKIPPED',
  'CANCELLED',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** The stable codes of step and run errors. A `fail` step may bring a code of its own. */
export const STEP_ERROR_CODES = [
  'EXPRESSION_FAILED',
  'EXPRESSION_LIMIT',
  'HTTP_STATUS',
  'HTTP_NETWORK',
  'EGRESS_REFUSED',
  'QUERY_FAILED',
  'EMAIL_FAILED',
  'CONNECTION_MISSING',
  'STEP_TIMED_OUT',
  'WAIT_TIMED_OUT',
  'RUN_TIMED_OUT',
  'APPROVAL_DENIED',
  'APPROVAL_EXPIRED',
  'APPROVAL_WITHDRAWN',
  'OUTPUT_TOO_LARGE',
  'LIMIT_REACHED',
  'CHILD_FAILED',
  'NOT_PINNED',
  'CONCURRENCY_FULL',
  'FAILED',
] as const;
export type StepErrorCode = (typeof STEP_ERROR_CODES)[number];

/** Why a step or a run failed. `path` is the step's path in the run, `stepId` its id in the definition. */
export interface RunError {
  code: string;
  message: string;
  stepId: string | null;
  path: string | null;
  details: Json;
}

/**
 * A value as the run carries it: in the workflow's history when small, else stored in PostgreSQL and known by id.
 * `at` picks one element of a stored array. Kept outside the JSON itself, so that no data can forge a reference.
 */
export type Held = { value: Json } | { ref: string; bytes: number; at?: number };

/** The most items of one `forEach`. */
export const FOR_EACH_ITEMS = 10_000;
/** Outputs above this many bytes of JSON are stored outside the history. */
export const INLINE_BYTES = 64 * 1024;
/** No single output may be larger than this many bytes of JSON. */
export const OUTPUT_BYTES = 50 * 1024 * 1024;

/** What expressions can see, with values as the run holds them. */
export interface HeldScope {
  input: Held;
  steps: Record<string, HeldStep>;
  /** Loop variables by name; `index` and `error` are among them where they exist. */
  vars: Record<string, Held>;
  run: { id: string; startedAt: string; attempt: number };
}
/** The result of a step by name. `error` is set when the step failed and `onError` is `continue`. */
export interface HeldStep {
  output: Held;
  error?: RunError;
}

/** What the workflow is started with. What it does not carry is read by `openRun`. */
export interface RunDefinitionInput {
  tenantId: TenantId;
  runId: RunId;
  /** The run as it was written a moment ago, for one that may begin at once: it saves the reading. */
  written?: WrittenRun;
  /** The state carried over by continue-as-new, or seeded by a re-run from a step. */
  carry?: RunCarry;
}

/** What a run needs to know about itself. Immutable for the run's life. */
export interface OpenedRun {
  workflow: { id: WorkflowId; name: string; version: number; hash: string };
  flow: Flow;
  input: Held;
  /** The person whose run it is: who started it, or who published the version when nobody did. */
  requesterId: PersonId | null;
  launchStage: LaunchStage;
  startedAt: string;
  /** Depth of `callWorkflow`: 0 for a run that no run called. */
  depth: number;
  /** True when the row says that the run was cancelled before the workflow began. */
  cancelRequested: boolean;
  /** What a run again begins with: results of the earlier run. */
  seed?: RunSeed;
  /** Of a test run: which results are given, and where it stops. */
  test?: TestPlan;
  /** Effects may store the step events that wait. Left out in histories from before they did. */
  effectsRecord?: true;
  /** Why the run may not begin now. Left out for one that has its place under its workflow's limit or needs none. */
  admission?: Admission;
}

/** A run that was just written and has not begun. */
export type WrittenRun = Omit<OpenedRun, 'startedAt' | 'seed' | 'test' | 'admission'>;

/** What keeps a run from beginning: it waits for its place (the signal `admitted` says when), or it ends at once. */
export type Admission = 'queued' | { status: 'FAILED' | 'CANCELLED'; error: RunError };

/** The state with which a run again from a step begins. */
export interface RunSeed {
  journal: JournalNode;
  /** The answer that a reused step gave. */
  response: RunResponse | null;
  /** The first number for its step events, after those of the reused steps. */
  sequence: number;
}

/** How a step ended. `granted` is the class of approval that was given in it and covers what follows. */
export interface FinishedStep {
  output: Held;
  error?: RunError;
  skipped?: true;
  granted?: ApprovalClass;
}

/** What an unfinished step remembers across continue-as-new. Times are milliseconds since 1970. */
export interface OpenStep {
  /** Absolute end of the step's time limit. */
  deadline?: number;
  /** The attempt failed; the next one starts at this time. */
  backOffUntil?: number;
  /** End of a `wait`. */
  until?: number;
  /** `branch`: the case that was taken, -1 for `otherwise`. */
  taken?: number;
  /** `forEach`: the items and their number, evaluated once. */
  items?: Held;
  count?: number;
  /** `forEach`: the outputs of a hundred neighbouring items that are all done, by the number of the hundred. */
  packed?: { [pack: number]: Held };
  /** `while`: finished iterations, the results of the last one, and its output. */
  iterations?: number;
  last?: Record<string, HeldStep>;
  output?: Held;
  /** `try`: the error that `catch` sees, and the outcome that waits for `finally`. */
  caught?: RunError;
  outcome?: { output: Held } | { error: RunError };
  /** The approval that the step asked for, and that it was given. */
  request?: ApprovalRequest;
  granted?: ApprovalClass;
  /** How often its approvers were reminded, and that further ones were let in. */
  reminded?: number;
  escalated?: boolean;
  /** An effect that waits for its slot under the rate limit of its connection, which is its own already. */
  pace?: { notBefore: number; connection: string };
  /** `callWorkflow`: the child's run, and that its workflow was started. */
  childRunId?: RunId;
  childStarted?: true;
}

/**
 * The journal: what each step path has done, as a tree of path segments (`lines`, `[3]`, `log`).
 * A finished container drops its children. `attempts` counts the tries of this path so far.
 */
export interface JournalNode {
  attempts?: number;
  done?: FinishedStep;
  open?: OpenStep;
  /** Of a container that may be tried again: the highest attempt at anything inside that is forgotten. */
  tries?: number;
  /** Of a container that is tried again: after this number the attempts of what is inside count on. */
  from?: number;
  children?: { [segment: string]: JournalNode };
}

/** The whole state of a run between two Temporal executions. The journal is what counts. */
export interface RunCarry {
  journal: JournalNode;
  inbox: InboxMessage[];
  /** Ids of messages that were taken already, so that a redelivery changes nothing. */
  seen: string[];
  sequence: number;
  revision: number;
  /** Step events that were not stored yet. */
  events: StepEvent[];
  paused: boolean;
  /** The run was asked to end as it went on in a new history. */
  cancelled?: true;
  /** Absolute end of the run's time limit, in milliseconds since 1970. */
  deadline: number | null;
  response: RunResponse | null;
}

/** A message that arrived for the run and that no step has taken yet. `id` makes redelivery harmless. */
export type InboxMessage =
  | { type: 'approval'; id: string; approvalId: string }
  | { type: 'event'; id: string; name: string; payload: Json }
  | { type: 'event'; id: string; name: string; stored: Held }
  | { type: 'child'; id: string; childRunId: RunId };

/** What a `respond` step answered. */
export interface RunResponse {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** The kinds of step event, and their rank: a later write of a lower rank never hides a higher one. */
export const STEP_EVENT_KINDS = [
  'STARTED',
  'WAITING',
  'RETRYING',
  'SKIPPED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const;
export type StepEventKind = (typeof STEP_EVENT_KINDS)[number];

/**
 * Something that happened to a step. Stored under (run, path, attempt, kind), so that a second delivery changes
 * nothing; `sequence` is for display only, since an activation that is run again may count in another order.
 */
export interface StepEvent {
  path: string;
  stepId: string;
  stepKind: StepKind;
  attempt: number;
  kind: StepEventKind;
  sequence: number;
  /** Milliseconds since 1970, workflow time. */
  at: number;
  input?: Held;
  output?: Held;
  error?: RunError;
  /** Of a WAITING or RETRYING event: until when, in milliseconds since 1970, and for what. */
  until?: number;
  waitingFor?: string;
}

/** How a run ended, as a calling run sees it. */
export type RunOutcome =
  | { status: 'SUCCEEDED'; output: Held }
  | { status: 'FAILED' | 'TIMED_OUT'; error: RunError }
  | { status: 'CANCELLED' };
