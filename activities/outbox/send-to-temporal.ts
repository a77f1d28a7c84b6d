import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { ValueError, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import type { OutboxMessage, QueuedMessage } from '../context.ts';
import { MessageRefusedError, RunNotOpenError } from './send-errors.ts';
import { sendBulkRerun } from './send-bulk-rerun.ts';
import { sendDelivery } from './send-delivery.ts';
import { sendMailWithdrawal } from './send-mail-withdrawal.ts';
import { sendSchedule } from './send-schedule.ts';
import { sendToRun } from './send-to-run.ts';

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

async function deliver(client: Client, queued: QueuedMessage): Promise<void> {
  const { message } = queued;
  switch (message.kind) {
    case 'startRun':
    case 'cancelRun':
    case 'pauseRun':
    case 'sendEvent':
    case 'approvalDecided':
    case 'admitRun':
    case 'childEnded':
      return sendToRun(client, { ...queued, message });
    case 'startBulkRerun':
      return sendBulkRerun(client, { ...queued, message });
    case 'startDelivery':
      return sendDelivery(client, { ...queued, message });
    case 'mailWithdrawal':
      return sendMailWithdrawal(client, { ...queued, message });
    case 'syncSchedule':
    case 'triggerSchedule':
    case 'backfillSchedule':
      return sendSchedule(client, { ...queued, message });
    default:
      throw new MessageRefusedError(
        `No message of this kind is known: ${JSON.stringify(message satisfies never)}`,
      );
  }
}

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
