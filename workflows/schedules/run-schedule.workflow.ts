import {
  CancellationScope,
  CancelledFailure,
  ChildWorkflowFailure,
  proxyLocalActivities,
  startChild,
  workflowInfo,
  type ChildWorkflowHandle,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { quick } from '../activity-options.ts';
import { temporalWorkflowId, type TenantId } from '../ids.ts';
import type { RunKey } from '../runs/activities.ts';
import type { RunOutcome } from '../runs/model.ts';
import { runAttributes, type StartedOf } from '../search-attributes.ts';
import type { ScheduleActivities } from './activities.ts';
import type { RunScheduleInput } from './model.ts';

type RunWorkflow = (input: RunKey) => Promise<RunOutcome>;

const database = proxyLocalActivities<ScheduleActivities>(quick);
const dueAttribute = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/**
 * Runs what a schedule is due for and lasts as long as that run, so that Temporal's overlap policies see the truth.
 * Cancelling it cancels the run and waits for its clean-up; terminating it asks the run to cancel and waits for nothing.
 */
export async function runSchedule({ tenantId, scheduleId }: RunScheduleInput): Promise<void> {
  const root = CancellationScope.current();
  const tenant = tenantId as TenantId;
  const at = dueTime();
  const due = { tenantId: tenant, scheduleId, firing: firingAt(at), scheduledFor: at.toISOString() };
  if (root.consideredCancelled) throw new CancelledFailure('The schedule was cancelled');
  // Once the run is written it is started, whatever comes: nobody else would start or end it.
  await CancellationScope.nonCancellable(async () => {
    const started = await database.startScheduledRun(due);
    if (started) await runToTheEnd({ tenantId: tenant, ...started }, root);
  });
  if (root.consideredCancelled) throw new CancelledFailure('The schedule was cancelled');
}

/** How late a start may be and still be the only one for its time, in milliseconds. */
const PROMPT = 60_000;

/**
 * What tells this firing from others. Temporal starts what is due now exactly once, but names two triggers of one second
 * alike. What was due long ago may come again with a repeated backfill: there its time alone counts.
 */
function firingAt(due: Date): string {
  const { workflowId, firstExecutionRunId, startTime } = workflowInfo();
  return startTime.getTime() - due.getTime() < PROMPT ? `${workflowId} ${firstExecutionRunId}` : workflowId;
}

/** Set by Temporal on what a schedule starts: the time without jitter and delay. */
function dueTime(): Date {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return typedSearchAttributes.get(dueAttribute) ?? startTime;
}

async function runToTheEnd(key: RunKey & StartedOf, root: CancellationScope): Promise<void> {
  const scope = new CancellationScope();
  const child = await scope.run(() => startRun(key));
  if (!child) return;
  root.cancelRequested.catch(() => scope.cancel());
  try {
    await scope.run(() => child.result());
  } catch (error) {
    // How the run ended stands in its own row.
    if (!(error instanceof ChildWorkflowFailure || error instanceof CancelledFailure)) throw error;
  }
}

/** Null when an earlier firing for the same time has started it. */
async function startRun({
  tenantId,
  runId,
  ...of
}: RunKey & StartedOf): Promise<ChildWorkflowHandle<RunWorkflow> | null> {
  try {
    return await startChild<RunWorkflow>('runDefinition', {
      workflowId: temporalWorkflowId(tenantId, runId),
      args: [{ tenantId, runId }],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      parentClosePolicy: 'REQUEST_CANCEL',
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
      typedSearchAttributes: runAttributes(tenantId, of),
      // A schedule cannot be given one that its runs would inherit.
      priority: { fairnessKey: tenantId },
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw error;
  }
}
