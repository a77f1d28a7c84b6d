/** What happens when a run is due while an earlier one of the same schedule is still under way. Temporal's policies. */
export const OVERLAP_POLICIES = [
  'skip',
  'bufferOne',
  'bufferAll',
  'cancelOther',
  'terminateOther',
  'allowAll',
] as const;
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

/** What one schedule may hold, and one organisation. */
export const SCHEDULE_LIMITS = {
  /** Cron texts, intervals and calendar entries, each. */
  entries: 10,
  shortestIntervalSeconds: 10,
  /** Temporal gives no more matching times at once, and keeps no more starts waiting. */
  backfillTimes: 1_000,
  perTenant: 500,
} as const;

/**
 * How late a start may be made up for when nobody chose: an hour outlasts a restart or an upgrade, and is short enough
 * that nobody is surprised by yesterday's runs.
 */
export const DEFAULT_CATCH_UP_SECONDS = 3_600;

/** When a schedule is due: cron expressions, intervals and calendar entries together, in one time zone. */
export interface ScheduleSpec {
  /** Five fields each: minute, hour, day of month, month, day of week. All must fit. */
  crons: string[];
  intervals: Interval[];
  calendars: CalendarEntry[];
  /** IANA name, such as `Europe/London`. */
  timeZone: string;
  /** Each start is moved by a random time up to this many seconds. */
  jitterSeconds: number;
  /** Nothing is due before or after these moments, in ISO 8601. */
  startsAt: string | null;
  endsAt: string | null;
}

/** Due every so many seconds, counted from the epoch (1970) and moved by the offset. */
export interface Interval {
  everySeconds: number;
  offsetSeconds: number;
}

/**
 * Times by calendar: each field is a number, a name, a list or a range, written as in a cron expression. What is left
 * out is 0 for hour, minute and second, and any for the others.
 */
export interface CalendarEntry {
  year?: string | undefined;
  month?: string | undefined;
  dayOfMonth?: string | undefined;
  dayOfWeek?: string | undefined;
  hour?: string | undefined;
  minute?: string | undefined;
  second?: string | undefined;
}

/** All that Temporal's schedule must know. */
export interface ScheduleWanted {
  spec: ScheduleSpec;
  overlap: OverlapPolicy;
  catchUpSeconds: number;
  paused: boolean;
  /** Why it is paused, or what it is; shown in Temporal's UI. */
  note: string;
}

/** What the starting workflow of a schedule is given. */
export interface RunScheduleInput {
  tenantId: string;
  scheduleId: string;
}
