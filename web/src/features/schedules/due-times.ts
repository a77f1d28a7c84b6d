/** The three ways to say when a schedule is due. */
export const RULE_KINDS = ['cron', 'interval', 'calendar'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Units of the time between two starts, in seconds, the largest first. */
export const UNITS = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;
export type Unit = keyof typeof UNITS;

/** The fields of a calendar entry that can be filled in. */
export const CALENDAR_FIELDS = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const;
type CalendarEntry = Partial<Record<(typeof CALENDAR_FIELDS)[number], string>>;

/** When a schedule is due, as the API takes it: what is not of the chosen kind is empty. */
export interface DueTimes {
  crons: string[];
  intervals: { everySeconds: number; offsetSeconds: number }[];
  calendars: CalendarEntry[];
}

/** What a form says of when a schedule is due; `read` gives the text of a field, empty where there is none. */
export function dueTimes(read: (field: string) => string): DueTimes {
  const none: DueTimes = { crons: [], intervals: [], calendars: [] };
  switch (read('rule') as RuleKind) {
    case 'cron':
      return { ...none, crons: linesOf(read('crons')) };
    case 'interval': {
      const everySeconds = Math.round(Number(read('every')) * UNITS[unitNamed(read('unit'))]);
      return { ...none, intervals: [{ everySeconds, offsetSeconds: 0 }] };
    }
    case 'calendar': {
      const fields = CALENDAR_FIELDS.map((name) => [name, read(name).trim()] as const);
      return { ...none, calendars: [Object.fromEntries(fields.filter(([, text]) => text !== ''))] };
    }
  }
}

/** A time in seconds as the largest unit in which it is a whole number. */
export function inUnits(seconds: number): { count: number; unit: Unit } {
  const names = Object.keys(UNITS) as Unit[];
  const unit = names.find((name) => seconds % UNITS[name] === 0) ?? 'second';
  return { count: seconds / UNITS[unit], unit };
}

/** In which of the ways a schedule says when it is due; several at once can only be made by the API. */
export function ruleKindsOf(spec: {
  crons: unknown[];
  intervals: unknown[];
  calendars: unknown[];
}): RuleKind[] {
  const counts = {
    cron: spec.crons.length,
    interval: spec.intervals.length,
    calendar: spec.calendars.length,
  };
  return RULE_KINDS.filter((kind) => counts[kind] > 0);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function unitNamed(text: string): Unit {
  return (Object.keys(UNITS) as Unit[]).find((name) => name === text) ?? 'second';
}
