import type { Json } from '../json.ts';

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

/** When a schedule is due: cron expressions, intervals and calendar entries together, in one time zone. */
export interface ScheduleSpec {
  /** Five fields each: minute, hour, day of month, month, day of week. */
  crons: string[];
  intervals: { everySeconds: number; offsetSeconds: number }[];
  calendars: CalendarEntry[];
  /** IANA name, such as `Europe/London`. */
  timeZone: string;
  /** Each start is moved by a random time up to this many seconds. */
  jitterSeconds: number;
  /** Nothing is due before or after these moments, in ISO 8601. */
  startsAt: string | null;
  endsAt: string | null;
}

/** Times by calendar: each field is a number, a name, a list or a range, written as in a cron expression. */
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

/** An input is any JSON, as for a run that a person starts. */
export type ScheduleInput = Json;
