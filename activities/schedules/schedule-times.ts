import { randomUUID } from 'node:crypto';
import { ScheduleNotFoundError, type Client } from '@temporalio/client';
import { msToTs, tsToDate } from '@temporalio/common/lib/time.js';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { ScheduleSpec } from '../../workflows/schedules/model.ts';
import { temporalSchedule, temporalScheduleId, type ScheduleKey } from './temporal-schedule.ts';

/** What Temporal knows of the times of schedules. All but `next` throw PRECONDITION_FAILED while it cannot say. */
export interface ScheduleTimes {
  /** The next ten times at most, with their jitter; null while Temporal does not answer or does not know the schedule. */
  next(key: ScheduleKey): Promise<Date[] | null>;
  /** The times from `from` to `until`, both included; at most 1,000, the earliest ones. */
  between(key: ScheduleKey, period: { from: Date; until: Date }): Promise<Date[]>;
  /** The next ten times at most of a schedule that does not exist. */
  preview(tenantId: TenantId, spec: ScheduleSpec): Promise<Date[]>;
}

/** How long Temporal may take to answer, in milliseconds. */
const ANSWER_LIMIT = 5_000;

/** Asks Temporal. */
export function scheduleTimes(client: Client): ScheduleTimes {
  const soon = <T>(ask: () => Promise<T>) => client.withDeadline(Date.now() + ANSWER_LIMIT, ask);
  const describe = async (id: string) =>
    (await client.schedule.getHandle(id).describe()).info.nextActionTimes;
  return {
    next: (key) => soon(() => describe(temporalScheduleId(key))).catch(() => null),
    between: (key, period) => soon(() => timesBetween(client, key, period)).catch(explain),
    preview: (tenantId, spec) => soon(() => timesOf(client, tenantId, spec)).catch(explain),
  };
}

async function timesBetween(
  client: Client,
  key: ScheduleKey,
  { from, until }: { from: Date; until: Date },
): Promise<Date[]> {
  const { startTime } = await client.workflowService.listScheduleMatchingTimes({
    namespace: client.options.namespace,
    scheduleId: temporalScheduleId(key),
    // Temporal leaves the start out here, and takes it in when it runs what was missed.
    startTime: msToTs(from.getTime() - 1),
    endTime: msToTs(until.getTime()),
  });
  return (startTime ?? []).map(tsToDate);
}

// Only the server knows how it reads cron texts, calendars and time zones. What it is asked with is paused and gone at
// once; one that a crash leaves behind belongs to no row, so that it could start nothing either.
async function timesOf(client: Client, tenantId: TenantId, spec: ScheduleSpec): Promise<Date[]> {
  const key = { tenantId, scheduleId: randomUUID() };
  const wanted = { spec, overlap: 'skip', catchUpSeconds: 10, paused: true, note: 'A preview' } as const;
  const handle = await client.schedule.create(temporalSchedule(key, wanted));
  try {
    return (await handle.describe()).info.nextActionTimes;
  } finally {
    await handle.delete();
  }
}

/** gRPC's NOT_FOUND. */
const NOT_FOUND = 5;

function explain(error: unknown): never {
  if (error instanceof ScheduleNotFoundError || codeOf(error) === NOT_FOUND)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'schedule_not_ready',
      'This schedule is still being set up. Try again in a moment.',
    );
  // What the client says of times that Temporal does not take.
  if (error instanceof TypeError)
    throw new DomainError('INVALID', 'schedule_invalid', `These times cannot be kept: ${error.message}.`);
  throw new DomainError(
    'PRECONDITION_FAILED',
    'times_unavailable',
    'The times of schedules cannot be looked up at the moment. Try again in a minute.',
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
