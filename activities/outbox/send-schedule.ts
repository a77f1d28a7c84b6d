import {
  encodeScheduleOverlapPolicy,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type Client,
} from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import type { OverlapPolicy, ScheduleWanted } from '../../workflows/schedules/model.ts';
import type { OutboxMessage, QueuedMessage } from '../context.ts';
import {
  TEMPORAL_OVERLAPS,
  temporalSchedule,
  temporalScheduleId,
  type ScheduleKey,
} from '../schedules/index.ts';
import { MessageRefusedError } from './send-errors.ts';

/** A message that is for one schedule. */
export type ScheduleMessage = Extract<OutboxMessage, { scheduleId: string }>;

/**
 * Makes Temporal's schedule what the message says, or asks it to act now. Sent again, nothing happens twice: Temporal
 * knows a request by the id of the message. Throws MessageRefusedError for times that Temporal does not take, else what
 * the client throws.
 */
export async function sendSchedule(
  client: Client,
  { tenantId, id, message }: QueuedMessage & { message: ScheduleMessage },
): Promise<void> {
  const key = { tenantId, scheduleId: message.scheduleId };
  switch (message.kind) {
    case 'syncSchedule':
      return sync(client, key, message.wanted);
    case 'triggerSchedule': {
      return patch(client, { key, requestId: id }, { triggerImmediately: policyOf(message.overlap) });
    }
    case 'backfillSchedule': {
      const { from, until, overlap } = message;
      const request = {
        startTime: msToTs(Date.parse(from)),
        endTime: msToTs(Date.parse(until)),
        ...policyOf(overlap),
      };
      return patch(client, { key, requestId: id }, { backfillRequest: [request] });
    }
  }
}

async function sync(client: Client, key: ScheduleKey, wanted: ScheduleWanted | null): Promise<void> {
  const handle = client.schedule.getHandle(temporalScheduleId(key));
  try {
    if (!wanted) await ignoringAbsence(() => handle.delete());
    else await createOrUpdate(client, key, wanted);
  } catch (error) {
    // So the client tells that the server does not take the times.
    if (error instanceof TypeError) throw new MessageRefusedError(error.message, { cause: error });
    throw error;
  }
}

async function createOrUpdate(client: Client, key: ScheduleKey, wanted: ScheduleWanted): Promise<void> {
  const options = temporalSchedule(key, wanted);
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { scheduleId, ...changed } = options;
    await client.schedule.getHandle(scheduleId).update(() => changed);
  }
}

function policyOf(overlap: OverlapPolicy) {
  const overlapPolicy = encodeScheduleOverlapPolicy(TEMPORAL_OVERLAPS[overlap]);
  return overlapPolicy === undefined ? {} : { overlapPolicy };
}

type Patch = temporal.api.schedule.v1.ISchedulePatch;

// One that is gone meanwhile has nothing left to do.
async function patch(
  { workflowService, options: { namespace } }: Client,
  { key, requestId }: { key: ScheduleKey; requestId: string },
  what: Patch,
): Promise<void> {
  const scheduleId = temporalScheduleId(key);
  await ignoringAbsence(() =>
    workflowService.patchSchedule({ namespace, scheduleId, requestId, patch: what }),
  );
}

/** gRPC's NOT_FOUND. */
const NOT_FOUND = 5;

async function ignoringAbsence(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!(error instanceof ScheduleNotFoundError) && code !== NOT_FOUND) throw error;
  }
}
