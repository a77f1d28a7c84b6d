import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { SCHEDULE_SECONDS } from '../../workflows/definitions/model.ts';
import { checkSpec } from '../../workflows/schedules/check-spec.ts';
import { OVERLAP_POLICIES, type CalendarEntry, type ScheduleSpec } from '../../workflows/schedules/model.ts';
import { jsonField, numberField, textField } from '../input-fields.ts';
import { RUN_INPUT_LIMITS } from '../runs/index.ts';

/** A point in time of this age, which the database and Temporal can hold. */
const timeField = z.date().min(new Date('2000-01-01')).max(new Date('2100-01-01'));
const partField = z.string().max(100).nullish();

const calendarField = z.strictObject({
  year: partField,
  month: partField,
  dayOfMonth: partField,
  dayOfWeek: partField,
  hour: partField,
  minute: partField,
  second: partField,
});

/** When a schedule is due, each part optional. How the parts must fit together is `checkSpec`'s to say. */
export const specFields = {
  crons: z.array(z.string().max(200)).max(100).nullish(),
  intervals: z
    .array(z.strictObject({ everySeconds: z.number(), offsetSeconds: z.number().nullish() }))
    .max(100)
    .nullish(),
  calendars: z.array(calendarField).max(100).nullish(),
  timeZone: z.string().max(100).nullish(),
  startsAt: timeField.nullish(),
  endsAt: timeField.nullish(),
  jitterSeconds: z.number().nullish(),
};
export const specInput = z.strictObject(specFields);
export type SpecInput = z.output<typeof specInput>;

/** What else a schedule is made of, each part optional. */
export const scheduleFields = {
  ...specFields,
  version: numberField.nullish(),
  input: jsonField(RUN_INPUT_LIMITS).optional(),
  overlap: z.enum(OVERLAP_POLICIES).nullish(),
  catchUpSeconds: z
    .int()
    .min(SCHEDULE_SECONDS.shortestCatchUp)
    .max(SCHEDULE_SECONDS.longestCatchUp)
    .nullish(),
};
export const nameField = textField(200);

/** Nothing yet, in UTC. */
export const EMPTY_SPEC: ScheduleSpec = {
  crons: [],
  intervals: [],
  calendars: [],
  timeZone: 'UTC',
  jitterSeconds: 0,
  startsAt: null,
  endsAt: null,
};

/**
 * `before` with what the input gives in its place. A start or end of null takes it away; null for anything else leaves it.
 * Throws INVALID `schedule_invalid` with `details.issues` for times that no schedule can have.
 */
export function specFrom(input: SpecInput, before: ScheduleSpec): ScheduleSpec {
  const spec: ScheduleSpec = {
    crons: input.crons?.map((cron) => cron.trim()) ?? before.crons,
    intervals:
      input.intervals?.map(({ everySeconds, offsetSeconds }) => ({
        everySeconds,
        offsetSeconds: offsetSeconds ?? 0,
      })) ?? before.intervals,
    calendars: input.calendars?.map(withoutGaps) ?? before.calendars,
    timeZone: input.timeZone ?? before.timeZone,
    jitterSeconds: input.jitterSeconds ?? before.jitterSeconds,
    startsAt: timeFrom(input.startsAt, before.startsAt),
    endsAt: timeFrom(input.endsAt, before.endsAt),
  };
  const issues = checkSpec(spec);
  const [first] = issues;
  if (!first) return spec;
  throw new DomainError('INVALID', 'schedule_invalid', `${first.field}: ${first.message}`, {
    field: first.field,
    issues: issues.map((issue) => ({ ...issue })),
  });
}

function withoutGaps(entry: z.output<typeof calendarField>): CalendarEntry {
  const given = Object.entries(entry).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text.trim()] as const] : [],
  );
  return Object.fromEntries(given);
}

function timeFrom(given: Date | null | undefined, before: string | null): string | null {
  return given === undefined ? before : (given?.toISOString() ?? null);
}
