import { CRON_FIELDS, cronNumbers, cronProblem, dateProblem } from '../cron.ts';
import { SCHEDULE_SECONDS } from '../definitions/model.ts';
import { isTimeZone } from '../time-zone.ts';
import { SCHEDULE_LIMITS, type CalendarEntry, type Interval, type ScheduleSpec } from './model.ts';

/** Something wrong with the times of a schedule. `field` leads to it: `calendars.0.month`. */
export interface SpecProblem {
  field: string;
  message: string;
}

/** Finds what is wrong with the times of a schedule; empty when Temporal can keep it and it can be due at all. */
export function checkSpec(spec: ScheduleSpec): SpecProblem[] {
  return [
    ...countProblems(spec),
    ...spec.crons.flatMap((cron, i) => problemAt(`crons.${i}`, cronProblem(cron))),
    ...spec.intervals.flatMap((interval, i) => intervalProblems(interval, `intervals.${i}`)),
    ...spec.calendars.flatMap((entry, i) => calendarProblems(entry, `calendars.${i}`)),
    ...problemAt(
      'timeZone',
      isTimeZone(spec.timeZone) ? null : 'Use the IANA name of a time zone, as in "Europe/London".',
    ),
    ...problemAt('jitterSeconds', jitterProblem(spec.jitterSeconds)),
    ...periodProblems(spec),
  ];
}

function countProblems(spec: ScheduleSpec): SpecProblem[] {
  const kinds = ['crons', 'intervals', 'calendars'] as const;
  if (kinds.every((kind) => spec[kind].length === 0))
    return [
      { field: 'crons', message: 'Say when: give at least one cron text, interval or calendar entry.' },
    ];
  const { entries } = SCHEDULE_LIMITS;
  return kinds.flatMap((kind) =>
    problemAt(kind, spec[kind].length > entries ? `There can be at most ${entries} of these.` : null),
  );
}

function intervalProblems({ everySeconds, offsetSeconds }: Interval, at: string): SpecProblem[] {
  const shortest = SCHEDULE_LIMITS.shortestIntervalSeconds;
  if (!Number.isInteger(everySeconds) || everySeconds < shortest || everySeconds > LONGEST_INTERVAL)
    return [
      { field: `${at}.everySeconds`, message: `Write whole seconds: ${shortest} to ${LONGEST_INTERVAL}.` },
    ];
  const fits = Number.isInteger(offsetSeconds) && offsetSeconds >= 0 && offsetSeconds < everySeconds;
  return problemAt(
    `${at}.offsetSeconds`,
    fits ? null : 'Write whole seconds, 0 or more, and less than the interval itself.',
  );
}
/** 366 days. */
const LONGEST_INTERVAL = 31_622_400;

const CALENDAR_FIELDS = Object.keys(CRON_FIELDS) as (keyof CalendarEntry)[];

function calendarProblems(entry: CalendarEntry, at: string): SpecProblem[] {
  const wrong = CALENDAR_FIELDS.flatMap((name) => {
    const text = entry[name];
    const good = text === undefined || cronNumbers(text, CRON_FIELDS[name]) !== null;
    return problemAt(`${at}.${name}`, good ? null : `This is not a ${CRON_FIELDS[name].name}.`);
  });
  if (wrong.length > 0) return wrong;
  const { dayOfMonth = '*', month = '*', dayOfWeek = '*', year = '*' } = entry;
  return problemAt(at, dateProblem({ days: dayOfMonth, months: month, weekdays: dayOfWeek, years: year }));
}

function jitterProblem(seconds: number): string | null {
  const most = SCHEDULE_SECONDS.longestJitter;
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= most
    ? null
    : `Write whole seconds: 0 to ${most}.`;
}

function periodProblems({ startsAt, endsAt }: ScheduleSpec): SpecProblem[] {
  const [start, end] = [startsAt, endsAt].map((time) => (time === null ? null : Date.parse(time)));
  if (Number.isNaN(start))
    return [{ field: 'startsAt', message: 'Write a time such as 2026-01-31T09:00:00Z.' }];
  if (Number.isNaN(end)) return [{ field: 'endsAt', message: 'Write a time such as 2026-01-31T09:00:00Z.' }];
  const turned = typeof start === 'number' && typeof end === 'number' && end <= start;
  return problemAt('endsAt', turned ? 'The end must come after the start.' : null);
}

function problemAt(field: string, message: string | null): SpecProblem[] {
  return message === null ? [] : [{ field, message }];
}
