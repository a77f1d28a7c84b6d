/** One part of a cron text: its name, its range, and names that stand for numbers, beginning with the one for `least`. */
export interface CronField {
  name: string;
  least: number;
  most: number;
  names?: string[];
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'sun mon tue wed thu fri sat'.split(' ');

/** What the parts of cron texts and calendar entries may hold. The years are those that Temporal's calendars know. */
export const CRON_FIELDS = {
  second: { name: 'second', least: 0, most: 59 },
  minute: { name: 'minute', least: 0, most: 59 },
  hour: { name: 'hour', least: 0, most: 23 },
  dayOfMonth: { name: 'day of the month', least: 1, most: 31 },
  month: { name: 'month', least: 1, most: 12, names: MONTHS },
  dayOfWeek: { name: 'day of the week', least: 0, most: 7, names: WEEKDAYS },
  year: { name: 'year', least: 2000, most: 2100 },
} as const satisfies Record<string, CronField>;
const { minute, hour, dayOfMonth, month, dayOfWeek, year } = CRON_FIELDS;
const CRON_ORDER: CronField[] = [minute, hour, dayOfMonth, month, dayOfWeek];

/** What is wrong with a cron text of five fields, in words that say what to write; null when it can be due. */
export function cronProblem(cron: string): string | null {
  const parts = cron.trim().split(/\s+/);
  const complete = parts.length === CRON_ORDER.length;
  const wrong = complete && CRON_ORDER.find((field, i) => !cronNumbers(parts[i] ?? '', field));
  if (!complete || wrong) {
    const reason = wrong ? ` The ${wrong.name} is not right.` : '';
    return `Write five fields: minute, hour, day of month, month, day of week, as in "0 6 * * 1-5".${reason}`;
  }
  const [, , days = '*', months = '*', weekdays = '*'] = parts;
  return dateProblem({ days, months, weekdays, years: '*' });
}

/** The numbers that one part of a cron text stands for, or null when it is none of the field. */
export function cronNumbers(text: string, field: CronField): number[] | null {
  const numbers: number[] = [];
  for (const part of text.split(',')) {
    const some = numbersOfPart(part, field);
    if (!some) return null;
    numbers.push(...some);
  }
  return numbers;
}

/** Parts that together name days. Each can be read by `cronNumbers`. */
export interface DateParts {
  days: string;
  months: string;
  weekdays: string;
  years: string;
}

/** Says so when no day of the calendar fits all parts, such as 30 February; null when one does. */
export function dateProblem({ days, months, weekdays, years }: DateParts): string | null {
  const wanted = new Set(numbersOf(weekdays, dayOfWeek).map((day) => day % 7));
  const fits = numbersOf(years, year).some((y) =>
    numbersOf(months, month).some((m) => numbersOf(days, dayOfMonth).some((d) => isDay([y, m, d], wanted))),
  );
  return fits ? null : 'No day fits this: look at the day of the month, the month and the day of the week.';
}

function isDay([y, m, d]: [number, number, number], weekdays: Set<number>): boolean {
  const date = new Date(Date.UTC(y, m - 1, d));
  return date.getUTCDate() === d && weekdays.has(date.getUTCDay());
}

function numbersOf(text: string, field: CronField): number[] {
  return cronNumbers(text, field) ?? [];
}

function numbersOfPart(part: string, field: CronField): number[] | null {
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d{0,2}$/.test(step))) return null;
  const ends = rangeEnds(range, field, step !== undefined);
  if (!ends) return null;
  const numbers: number[] = [];
  for (let number = ends.from; number <= ends.to; number += Number(step ?? 1)) numbers.push(number);
  return numbers;
}

// A single number with a step runs on to the end of its field.
function rangeEnds(range: string, field: CronField, stepped: boolean): { from: number; to: number } | null {
  if (range === '*') return { from: field.least, to: field.most };
  const [from = NaN, to, ...more] = range.split('-').map((end) => cronNumber(end, field));
  if (more.length > 0 || Number.isNaN(from)) return null;
  const last = to ?? (stepped ? field.most : from);
  return from <= last ? { from, to: last } : null;
}

/** The number that a cron text stands for, or NaN when it is none of the field. */
function cronNumber(text: string, { least, most, names = [] }: CronField): number {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + least : /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : NaN;
}
