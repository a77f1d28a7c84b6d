import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  ChildWorkflowFailure,
  condition,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
  startChild,
  TimeoutFailure,
  workflowInfo,
} from '@temporalio/workflow';
import * as profiles from '../activity-options.ts';
import type { ApprovalActivities } from '../approvals/activities.ts';
import type { ApprovalMail } from '../approvals/model.ts';
import { temporalHelperId, temporalWorkflowId } from '../ids.ts';
import { uuidOf } from '../sha256.ts';
import type { CloseRunInput, CreatedChild, EffectOutcome, RunActivities, RunKey } from './activities.ts';
import type { OpenedRun, RunError, RunOutcome } from './model.ts';
import type { Ports } from './ports.ts';
import { childAttributes, showApprovalClass, showStatus } from './shown-state.ts';
import { Turns } from './turns.ts';

const database = proxyLocalActivities<RunActivities & ApprovalActivities>(profiles.quick);

/** Above this many bytes of history a run goes on in a new one, even when the server does not suggest it yet. */
const LONG_HISTORY_BYTES = 8 * 1024 * 1024;

/** The interpreter's ports on Temporal for one run, and what begins and ends it. */
export interface TemporalPorts extends Ports {
  openRun(): Promise<OpenedRun>;
  closeRun(end: Omit<CloseRunInput, 'tenantId' | 'runId'>): Promise<RunOutcome | null>;
}

/** Makes the ports of a run. */
export function temporalPorts(key: RunKey): TemporalPorts {
  const turns = new Turns();
  return {
    now: () => Date.now(),
    waitUntil: (ready, deadline) => waitUntil(turns, ready, deadline),
    atRest: (ready) => turns.atRest(ready),
    openScope: (body) => {
      const scope = new CancellationScope();
      return { result: scope.run(body), cancel: () => scope.cancel() };
    },
    shield: (body) => CancellationScope.nonCancellable(body),
    throwIfCancelled: () => {
      if (CancellationScope.current().consideredCancelled)
        throw new CancelledFailure('The scope was cancelled');
    },
    isCancellation,
    historyIsLong: () => {
      const info = workflowInfo();
      return info.continueAsNewSuggested || info.historySize > LONG_HISTORY_BYTES;
    },
    openRun: () => turns.local(() => database.openRun(key)),
    closeRun: (end) => turns.local(() => database.closeRun({ ...key, ...end })),
    effect: (input) => turns.outside(runEffectActivity(key, input)),
    evaluateStored: (input) => turns.local(() => database.evaluateStored({ ...key, ...input })),
    storeValue: (input) => turns.local(() => database.storeValue({ ...key, ...input })),
    record: (input) => {
      if (input.run) showStatus(input.run.status);
      return turns.local(() => database.recordSteps({ ...key, ...input }));
    },
    requestApproval: (request) => {
      showApprovalClass(request.class);
      return turns.local(() => database.requestApproval({ request }));
    },
    readApproval: ({ approvalId }) => turns.local(() => database.readApproval({ ...key, approvalId })),
    closeApproval: ({ approvalId }, as) =>
      turns.local(() => database.closeApproval({ ...key, approvalId, as })),
    remindApprovers: ({ approvalId }, number) =>
      turns.local(() => database.remindApprovers({ ...key, approvalId, number })),
    escalateApproval: ({ approvalId }) =>
      turns.local(() => database.escalateApproval({ ...key, approvalId })),
    mailApproval: (mail) => turns.outside(startMailing({ tenantId: key.tenantId, ...mail })),
    createChildRun: (input) => turns.local(() => database.createChildRun({ ...key, ...input })),
    changed: (what) => patched(what),
    startChild: (child) => turns.outside(startOwnChild(key, child)),
    readChildOutcome: (childRunId) => turns.local(() => database.readChildOutcome({ ...key, childRunId })),
    cancelChild: (childRunId) => turns.local(() => database.cancelChildRun({ ...key, childRunId })),
    runChild: (child, wait) => turns.outside(runChild(key, child, wait)),
  };
}

async function waitUntil(turns: Turns, ready: () => boolean, deadline: number | null): Promise<boolean> {
  if (ready()) return true;
  if (deadline === null) return turns.outside(condition(ready)).then(() => true);
  const left = deadline - Date.now();
  return left <= 0 ? false : turns.outside(condition(ready, left));
}

async function runEffectActivity(key: RunKey, input: Parameters<Ports['effect']>[0]): Promise<EffectOutcome> {
  const { executeEffect } = proxyActivities<RunActivities>(profiles.effect(input.timeoutSeconds));
  try {
    return await executeEffect({ ...key, ...input });
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { error: effectFailure(error, input.timeoutSeconds) };
  }
}

// What the activity itself could not report: it ran past its end, or broke again and again.
function effectFailure({ cause }: ActivityFailure, timeoutSeconds: number) {
  if (cause instanceof TimeoutFailure && cause.timeoutType === 'START_TO_CLOSE')
    return {
      code: 'STEP_TIMED_OUT',
      message: `The step did not finish within ${timeoutSeconds} seconds.`,
      details: null,
      retryable: true,
    };
  return {
    code: 'FAILED',
    message: 'The step could not be carried out. The log of the worker says more.',
    details: null,
    retryable: false,
  };
}

// In a workflow of its own, so that the run neither waits for a mail server nor ends before the mail is out.
async function startMailing(mail: ApprovalMail): Promise<void> {
  const occasion = uuidOf(`${mail.approvalId} ${mail.kind} ${mail.number}`);
  try {
    await startChild<(input: ApprovalMail) => Promise<void>>('mailApproval', {
      workflowId: temporalHelperId('approval-mail', mail.tenantId, occasion),
      args: [mail],
      parentClosePolicy: 'ABANDON',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function startOwnChild(key: RunKey, child: CreatedChild): Promise<void> {
  try {
    await startChild<(input: RunKey) => Promise<RunOutcome>>('runDefinition', {
      ...childStart(key, child),
      parentClosePolicy: 'ABANDON',
      cancellationType: 'ABANDON',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

// It inherits the tenant's fairness key.
function childStart(key: RunKey, { runId, ...of }: CreatedChild) {
  const { tenantId } = key;
  const typedSearchAttributes = childAttributes(key, of);
  return {
    workflowId: temporalWorkflowId(tenantId, runId),
    args: [{ tenantId, runId }] as [RunKey],
    ...(typedSearchAttributes ? { typedSearchAttributes } : {}),
  };
}

// The way of runs that began before `child-by-message`, and of calls that nobody waits for.
async function runChild(key: RunKey, created: CreatedChild, wait: boolean): Promise<RunOutcome | null> {
  const child = await startChild<(input: RunKey) => Promise<RunOutcome>>('runDefinition', {
    ...childStart(key, created),
    parentClosePolicy: wait ? 'REQUEST_CANCEL' : 'ABANDON',
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  });
  if (!wait) return null;
  try {
    return await child.result();
  } catch (error) {
    if (!(error instanceof ChildWorkflowFailure)) throw error;
    return childOutcome(error);
  }
}

function childOutcome({ cause }: ChildWorkflowFailure): RunOutcome {
  if (cause instanceof CancelledFailure) {
    // The child was cancelled along with us: then this scope is cancelled too, and says so.
    if (CancellationScope.current().consideredCancelled) throw cause;
    return { status: 'CANCELLED' };
  }
  const [reported] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  const lost: RunError = {
    code: 'FAILED',
    message: 'The called run was ended from outside.',
    stepId: null,
    path: null,
    details: null,
  };
  return { status: 'FAILED', error: (reported as RunError | undefined) ?? lost };
}
