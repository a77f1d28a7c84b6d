import type { Client } from '@temporalio/client';
import { tenantAttribute } from '../../temporal/search-attributes.ts';
import type { deliverEvent } from '../../workflows/endpoints/deliver-event.workflow.ts';
import { temporalHelperId } from '../../workflows/ids.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import type { OutboxMessage, QueuedMessage } from '../context.ts';

type StartDelivery = Extract<OutboxMessage, { kind: 'startDelivery' }>;

/** Starts the workflow that brings an event to its endpoint. Throws what the client throws. */
export async function sendDelivery(
  client: Client,
  { tenantId, message }: QueuedMessage & { message: StartDelivery },
): Promise<void> {
  const { deliveryId } = message;
  await client.workflow.start<typeof deliverEvent>('deliverEvent', {
    workflowId: temporalHelperId('delivery', tenantId, deliveryId),
    taskQueue: RUNS_TASK_QUEUE,
    args: [{ tenantId, deliveryId }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: [{ key: tenantAttribute, value: tenantId }],
    priority: { fairnessKey: tenantId },
  });
}
