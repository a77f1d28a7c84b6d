import { isJsonObject, type Json } from '../../workflows/json.ts';
import { graphql, type VariablesOf } from '../client/index.ts';
import { UsageError } from './cli-error.ts';
import { readDuration, readJsonArgument, readNumber, readTime } from './read-argument.ts';

export const PREVIEW = graphql(`
  query PreviewSchedule($input: PreviewScheduleInput!) {
    previewSchedule(input: $input)
  }
`);

/** The times at which a schedule is due, as the API takes them; what is left out is not set or stays. */
type TimesInput = Omit<VariablesOf<typeof PREVIEW>['input'], 'count'>;
type Calendar = NonNullable<TimesInput['calendars']>[number];

/** The options that say when a schedule is due. */
export interface TimeOptions {
  cron?: string[];
  every?: string;
  calendar?: string;
  timeZone?: string;
  starts?: string;
  ends?: string;
  jitter?: string;
}

export const TIME_OPTIONS: [flags: string, about: string][] = [
  ['--cron <text...>', 'minute, hour, day of month, month, day of week'],
  ['--every <time>', 'so much time after each other, such as 90s, 15m, 2h or 1d'],
  ['--calendar <json>', 'an entry or a list, JSON text or a file: {"dayOfMonth": "1", "hour": "9"}'],
  ['--time-zone <name>', 'such as Europe/London (UTC)'],
  ['--starts <time>', 'nothing is due before'],
  ['--ends <time>', 'nothing is due after'],
  ['--jitter <time>', 'move each start by a random time up to this one (0)'],
];

/** True when at least one of --cron, --every and --calendar was said. */
export function hasTimes({ cron, every, calendar }: TimeOptions): boolean {
  return cron !== undefined || every !== undefined || calendar !== undefined;
}

/** The options as the API takes them. Where one kind of times is given, it takes the place of all before. Throws UsageError. */
export function readTimes(options: TimeOptions): TimesInput {
  const { cron = [], every, calendar, timeZone, starts, ends, jitter } = options;
  const calendars = calendar === undefined ? [] : readCalendars(calendar);
  const intervals = every === undefined ? [] : [{ everySeconds: readDuration(every, '--every') }];
  return {
    ...(hasTimes(options) && { crons: cron, intervals, calendars }),
    ...(timeZone !== undefined && { timeZone }),
    ...(starts !== undefined && { startsAt: readOptionalTime(starts, '--starts') }),
    ...(ends !== undefined && { endsAt: readOptionalTime(ends, '--ends') }),
    ...(jitter !== undefined && { jitterSeconds: readDuration(jitter, '--jitter') }),
  };
}

/** A version of an option: a number, or null for `newest`. Throws UsageError. */
export function readVersion(text: string): number | null {
  return text === 'newest' ? null : readNumber(text, '--version');
}

function readOptionalTime(text: string, what: string): string | null {
  return text === 'none' ? null : readTime(text, what);
}

const PARTS = ['year', 'month', 'dayOfMonth', 'dayOfWeek', 'hour', 'minute', 'second'] as const;

function readCalendars(text: string): Calendar[] {
  const read = readJsonArgument(text, '--calendar');
  return (Array.isArray(read) ? read : [read]).map(readCalendar);
}

function readCalendar(entry: Json): Calendar {
  const parts = isJsonObject(entry) ? Object.entries(entry) : [];
  const read = parts.flatMap(([name, value]) => {
    const part = PARTS.find((one) => one === name);
    const isText = typeof value === 'string' || typeof value === 'number';
    return part !== undefined && isText ? [[part, String(value)] as const] : [];
  });
  if (read.length > 0 && read.length === parts.length) return Object.fromEntries(read);
  throw new UsageError(
    'calendar_invalid',
    `--calendar is an entry, or a list of entries, with some of: ${PARTS.join(', ')}.`,
    'Write it like {"dayOfMonth": "1", "hour": "9"}; each part is written as in a cron text.',
  );
}
