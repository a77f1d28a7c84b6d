import type { Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { temporalWorkflowId } from '../../workflows/ids.ts';
import type {
  admitted,
  approvalDecided,
  childEnded,
  event,
  setPaused,
} from '../../workflows/runs/messages.ts';
import type { runDefinition } from '../../workflows/runs/run-definition.workflow.ts';
import { runAttributes } from '../../workflows/search-attributes.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import type { OutboxMessage, QueuedMessage } from '../context.ts';

/** A message that is for one run. */
export type RunMessage = Extract<OutboxMessage, { runId: string }>;

/** Starts, cancels or signals the execution of a run. Throws what the client throws. */
export async function sendToRun(
  client: Client,
  { tenantId, id, message, written }: QueuedMessage & { message: RunMessage },
): Promise<void> {
  const workflowId = temporalWorkflowId(tenantId, message.runId);
  const run = client.workflow.getHandle(workflowId);
  switch (message.kind) {
    case 'startRun':
      await client.workflow.start<typeof runDefinition>('runDefinition', {
        workflowId,
        taskQueue: RUNS_TASK_QUEUE,
        args: [{ tenantId, runId: message.runId, ...(written ? { written } : {}) }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        typedSearchAttributes: runAttributes(tenantId, message),
        // Children and activities inherit it: tenants get their turns on the task queue, however many runs one has.
        priority: { fairnessKey: tenantId },
      });
      return;
    case 'cancelRun':
      await run.cancel();
      return;
    case 'pauseRun':
      return run.signal<Args<typeof setPaused>>('setPaused', { id, paused: message.paused });
    case 'sendEvent':
      return run.signal<Args<typeof event>>('event', { id, name: message.name, payload: message.payload });
    case 'approvalDecided': {
      const { approvalId } = message;
      return run.signal<Args<typeof approvalDecided>>('approvalDecided', { id, approvalId });
    }
    case 'admitRun':
      return run.signal<Args<typeof admitted>>('admitted', { id });
    case 'childEnded':
      return run.signal<Args<typeof childEnded>>('childEnded', { id, childRunId: message.childRunId });
  }
}

/** What a signal carries. Its definition is read as a type only: workflow code is not loaded here. */
type Args<Signal> = Signal extends SignalDefinition<infer Carried> ? Carried : never;
