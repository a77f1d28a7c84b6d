import type { Client } from '@temporalio/client';
import { tenantAttribute } from '../../temporal/search-attributes.ts';
import { temporalHelperId } from '../../workflows/ids.ts';
import type { bulkRerun } from '../../workflows/runs/bulk-rerun.workflow.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import type { OutboxMessage, QueuedMessage } from '../context.ts';

type StartBulkRerun = Extract<OutboxMessage, { kind: 'startBulkRerun' }>;

/** Starts the workflow that runs many runs again. Throws what the client throws. */
export async function sendBulkRerun(
  client: Client,
  { tenantId, message }: QueuedMessage & { message: StartBulkRerun },
): Promise<void> {
  const { bulkRerunId } = message;
  await client.workflow.start<typeof bulkRerun>('bulkRerun', {
    workflowId: temporalHelperId('bulk-rerun', tenantId, bulkRerunId),
    taskQueue: RUNS_TASK_QUEUE,
    args: [{ tenantId, bulkRerunId }],
    // The reconciler starts it again when somebody ended it in Temporal. One that finds nothing left ends at once.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    typedSearchAttributes: [{ key: tenantAttribute, value: tenantId }],
    priority: { fairnessKey: tenantId },
  });
}
