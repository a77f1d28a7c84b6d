import proto from '@temporalio/proto';
import { uuidOfGlobalId, temporalWorkflowId, type RunId } from '../../workflows/ids.ts';
import type { TestPlatform } from '../testing/platform.ts';

const { EventType, PendingWorkflowTaskState } = proto.temporal.api.enums.v1;
const LAST_EVENTS = 4;

/** What Temporal says of a run that goes on although it should be over: what it waits for, and its last events. */
export async function diagnose({ temporal, tenantId }: TestPlatform, id: string): Promise<string> {
  const workflowId = temporalWorkflowId(tenantId, uuidOfGlobalId('run', id) as RunId);
  try {
    const execution = { workflowId };
    const { namespace } = temporal.options;
    const told = await temporal.workflowService.describeWorkflowExecution({ namespace, execution });
    const { events } = await temporal.workflow.getHandle(workflowId).fetchHistory();
    const task = told.pendingWorkflowTask;
    const waits = [
      ...(task
        ? [`workflow task ${PendingWorkflowTaskState[task.state ?? 0] ?? ''}, attempt ${task.attempt ?? 0}`]
        : []),
      ...(told.pendingActivities ?? []).map(
        (one) => `activity ${one.activityId ?? ''}, attempt ${one.attempt ?? 0}`,
      ),
    ];
    const last = (events ?? [])
      .slice(-LAST_EVENTS)
      .map(({ eventType, eventTime }) => `${EventType[eventType ?? 0] ?? ''} ${secondsAgo(eventTime)} s ago`);
    return `waits for ${waits.join(' and ') || 'nothing'}; ${last.join(', ')}; ${told.pendingChildren?.length ?? 0} children`;
  } catch (error) {
    return String(error);
  }
}

function secondsAgo(time: { seconds?: unknown } | null | undefined): number {
  return Math.round(Date.now() / 1_000 - Number(time?.seconds ?? 0));
}
