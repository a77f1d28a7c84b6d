import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import {
  type SignalDefinition,
  ValueError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/common';
import { tenantAttribute } from '../../temporal/search-attributes.ts';
import { temporalWorkflowId } from '../../workflows/ids.ts';
import type { approvalDecided, event, setPaused } from '../../workflows/runs/messages.ts';
import type { runDefinition } from '../../workflows/runs/run-definition.workflow.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import type { OutboxMessage, QueuedMessage } from '../context.ts';
import { MessageRefusedError, RunNotOpenError } from './send-errors.ts';

/** When a send is given up, in milliseconds. The client may add one more wait as long; both fit into the lease. */
const SEND_LIMIT = 5_000;
/** gRPC's INVALID_ARGUMENT, and RESOURCE_EXHAUSTED when the message itself is too large. */
const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;

/**
 * Gives messages to Temporal. A run that was started before counts as started. Throws RunNotOpenError when there is no
 * open execution to signal or cancel, MessageRefusedError when the event's data is at fault, else what the client
 * throws.
 */
export function sendToTemporal(client: Client): (message: QueuedMessage) => Promise<void> {
  return async (queued) => {
    try {
      await client.withDeadline(Date.now() + SEND_LIMIT, () => deliver(client, queued));
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return;
      throw translated(error, queued.message.kind);
    }
  };
}

async function deliver(client: Client, { tenantId, id, message }: QueuedMessage): Promise<void> {
  const workflowId = temporalWorkflowId(tenantId, message.runId);
  const run = client.workflow.getHandle(workflowId);
  switch (message.kind) {
    case 'startRun':
      await client.workflow.start<typeof runDefinition>('runDefinition', {
        workflowId,
        taskQueue: RUNS_TASK_QUEUE,
        args: [{ tenantId, runId: message.runId }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        typedSearchAttributes: [{ key: tenantAttribute, value: tenantId }],
      });
      return;
    case 'cancelRun':
      await run.cancel();
      return;
    case 'pauseRun':
      return run.signal<Args<typeof setPaused>>('setPaused', { id, paused: message.paused });
    case 'sendEvent':
      return run.signal<Args<typeof event>>('event', { id, name: message.name, payload: message.payload });
    case 'approvalDecided':
      return run.signal<Args<typeof approvalDecided>>('approvalDecided', {
        id,
        approvalId: message.approvalId,
      });
    default:
      throw new MessageRefusedError(
        `No message of this kind is known: ${JSON.stringify(message satisfies never)}`,
      );
  }
}

/** What a signal carries. Its definition is read as a type only: workflow code is not loaded here. */
type Args<Signal> = Signal extends SignalDefinition<infer Carried> ? Carried : never;

function translated(error: unknown, kind: OutboxMessage['kind']): unknown {
  if (error instanceof WorkflowNotFoundError) return new RunNotOpenError(error.message, { cause: error });
  // Only an event carries somebody's data. What is made of ids is refused by a server that is set up wrongly, such as
  // one that does not know the search attributes, and is good again when that is mended.
  if (kind === 'sendEvent' && isRefusal(error))
    return new MessageRefusedError(textOf(error), { cause: error });
  return error;
}

function isRefusal(error: unknown): boolean {
  if (error instanceof ValueError) return true;
  if (!(error instanceof ServiceError) || !isGrpcServiceError(error.cause)) return false;
  const { code, details } = error.cause;
  return code === INVALID_ARGUMENT || (code === RESOURCE_EXHAUSTED && details.includes('larger than max'));
}

// The client's own message only says what failed; gRPC's says why.
function textOf(error: unknown): string {
  if (error instanceof ServiceError && isGrpcServiceError(error.cause)) return error.cause.details;
  return error instanceof Error ? error.message : String(error);
}
