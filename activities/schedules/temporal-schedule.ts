import type {
  ScheduleOptions,
  ScheduleOverlapPolicy as TemporalOverlapPolicy,
  ScheduleSpec as TemporalSpec,
} from '@temporalio/client';
import { tenantAttribute } from '../../temporal/search-attributes.ts';
import { temporalHelperId, type TenantId } from '../../workflows/ids.ts';
import type {
  CalendarEntry,
  OverlapPolicy,
  RunScheduleInput,
  ScheduleSpec,
  ScheduleWanted,
} from '../../workflows/schedules/model.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';

/** Temporal's word for each policy. */
export const TEMPORAL_OVERLAPS = {
  skip: 'SKIP',
  bufferOne: 'BUFFER_ONE',
  bufferAll: 'BUFFER_ALL',
  cancelOther: 'CANCEL_OTHER',
  terminateOther: 'TERMINATE_OTHER',
  allowAll: 'ALLOW_ALL',
} as const satisfies Record<OverlapPolicy, TemporalOverlapPolicy>;

/** Which schedule. */
export interface ScheduleKey {
  tenantId: TenantId;
  scheduleId: string;
}

/** The id of a schedule in Temporal. What it starts has an id that begins with it, so that the codec finds the tenant. */
export function temporalScheduleId({ tenantId, scheduleId }: ScheduleKey): string {
  return temporalHelperId('schedule', tenantId, scheduleId);
}

/** Temporal's schedule as it should be. */
export function temporalSchedule(key: ScheduleKey, wanted: ScheduleWanted) {
  const id = temporalScheduleId(key);
  const args: [RunScheduleInput] = [{ ...key }];
  return {
    scheduleId: id,
    spec: temporalSpec(wanted.spec),
    action: {
      type: 'startWorkflow',
      workflowType: 'runSchedule',
      workflowId: id,
      taskQueue: RUNS_TASK_QUEUE,
      args,
      typedSearchAttributes: [{ key: tenantAttribute, value: key.tenantId }],
    },
    policies: {
      overlap: TEMPORAL_OVERLAPS[wanted.overlap],
      catchupWindow: wanted.catchUpSeconds * 1_000,
      pauseOnFailure: false,
    },
    state: { paused: wanted.paused, note: wanted.note },
  } satisfies ScheduleOptions;
}

function temporalSpec(spec: ScheduleSpec): TemporalSpec {
  return {
    cronExpressions: [...spec.crons, ...spec.calendars.map(cronOf)],
    intervals: spec.intervals.map(({ everySeconds, offsetSeconds }) => ({
      every: everySeconds * 1_000,
      offset: offsetSeconds * 1_000,
    })),
    timezone: spec.timeZone,
    jitter: spec.jitterSeconds * 1_000,
    ...(spec.startsAt === null ? {} : { startAt: new Date(spec.startsAt) }),
    ...(spec.endsAt === null ? {} : { endAt: new Date(spec.endsAt) }),
  };
}

// Temporal's cron texts of seven fields say the same as its calendars, in one line.
function cronOf(entry: CalendarEntry): string {
  const { second = '0', minute = '0', hour = '0' } = entry;
  const { dayOfMonth = '*', month = '*', dayOfWeek = '*', year = '*' } = entry;
  return [second, minute, hour, dayOfMonth, month, dayOfWeek, year].join(' ');
}
