import type { ApprovalMail, ApprovalRequest, ApprovalState } from '../approvals/model.ts';
import type { RunId } from '../ids.ts';
import type { Json } from '../json.ts';
import type {
  ChildRunOutcome,
  CreateChildRunInput,
  CreatedChild,
  EffectInput,
  EffectOutcome,
  EvaluateOutcome,
  RecordStepsInput,
  StoreValueInput,
} from './activities.ts';
import type { HeldScope, RunOutcome } from './model.ts';

type WithoutRun<Input> = Omit<Input, 'tenantId' | 'runId'>;

/**
 * All that the interpreter needs of the world. The workflow gives Temporal's; a test gives plain promises.
 * Every wait is cancelled with the scope around it, with an error that `isCancellation` knows.
 */
export interface Ports {
  /** Milliseconds since 1970, workflow time. */
  now(): number;
  /** Waits until `ready` is true (gives true) or until the absolute time `deadline` (gives false). */
  waitUntil(ready: () => boolean, deadline: number | null): Promise<boolean>;
  /** Resolves when `ready` is true and everything else in the run is blocked. No cancellation reaches it. */
  atRest(ready: () => boolean): Promise<void>;
  /** Runs `body` in a scope of its own, which `cancel` ends without ending the scope around it. */
  openScope<T>(body: () => Promise<T>): { result: Promise<T>; cancel: () => void };
  /** Runs `body` where no cancellation reaches it. */
  shield<T>(body: () => Promise<T>): Promise<T>;
  /** Throws the cancellation when the scope around was cancelled. */
  throwIfCancelled(): void;
  isCancellation(error: unknown): boolean;
  /** True when the history has grown so long that the run should go on in a new one. */
  historyIsLong(): boolean;

  effect(input: WithoutRun<EffectInput>): Promise<EffectOutcome>;
  evaluateStored(input: { path: string; template: Json; scope: HeldScope }): Promise<EvaluateOutcome>;
  storeValue(input: WithoutRun<StoreValueInput>): Promise<EvaluateOutcome>;
  record(input: WithoutRun<RecordStepsInput>): Promise<void>;
  requestApproval(request: ApprovalRequest): Promise<ApprovalState>;
  readApproval(request: ApprovalRequest): Promise<ApprovalState>;
  closeApproval(request: ApprovalRequest, as: 'EXPIRED' | 'WITHDRAWN'): Promise<ApprovalState>;
  remindApprovers(request: ApprovalRequest, number: number): Promise<ApprovalState>;
  escalateApproval(request: ApprovalRequest): Promise<ApprovalState>;
  /** Has people written to, once for each occasion, beside the run: gives no answer and never fails. */
  mailApproval(mail: Omit<ApprovalMail, 'tenantId'>): Promise<void>;
  createChildRun(input: WithoutRun<CreateChildRunInput>): Promise<ChildRunOutcome>;
  /** True when the run goes by this change of the interpreter; false at a place that it had passed before the change. */
  changed(what: 'child-by-message' | 'kept-outputs'): boolean;
  /** Starts the child's workflow, which lives on by itself. One that was started before counts as started. */
  startChild(child: CreatedChild): Promise<void>;
  /** How the child ended; null while it goes on. */
  readChildOutcome(childRunId: RunId): Promise<RunOutcome | null>;
  /** Asks the child to stop. False when it is over already. */
  cancelChild(childRunId: RunId): Promise<boolean>;
  /** Starts the child's workflow and, when `wait` is set, gives its outcome. */
  runChild(child: CreatedChild, wait: boolean): Promise<RunOutcome | null>;
}
