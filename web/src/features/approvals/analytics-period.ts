import { oneIn, textIn, type SearchParams } from '../../lib/search-params.ts';
import { momentIn } from '../../lib/zoned-time.ts';

/** How many weeks a period has that ends now, as it stands in the address. */
export const PERIODS = ['4', '13', '26', '52'] as const;
export type Period = (typeof PERIODS)[number];

/** The time that figures are about, and the time of the same length before it. Times are ISO 8601. */
export interface Span {
  before: string;
  from: string;
  to: string;
}

/** What an address asks for. `from` and `until` are days of the person who asks, such as 2026-11-30; both count. */
export interface WantedPeriod {
  weeks: Period;
  from: string | undefined;
  until: string | undefined;
}

export interface Week {
  /** As the API names it, such as 2026-W48. */
  key: string;
  /** Its Monday in UTC, in milliseconds since 1970. */
  start: number;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** A Monday. */
const FIRST = Date.UTC(1970, 0, 5);

/** What the query of an address asks for; 13 weeks, a quarter, unless it says something. */
export function wantedPeriod(params: SearchParams): WantedPeriod {
  const [from, until] = [textIn(params, 'from'), textIn(params, 'until')];
  return { weeks: oneIn(params, 'weeks', PERIODS) ?? '13', from, until };
}

/** Whether an address names days of its own: both, in their order. */
export function hasOwnDays({ from = '', until = '' }: WantedPeriod): boolean {
  return (
    momentIn('UTC', `${from}T00:00`) !== null && momentIn('UTC', `${until}T00:00`) !== null && from <= until
  );
}

/**
 * The same as times. Weeks are whole, from Monday in UTC, as the API counts them; days are those of the time zone.
 * `now` is in milliseconds since 1970.
 */
export function spanOf(wanted: WantedPeriod, { zone, now }: { zone: string; now: number }): Span {
  if (!hasOwnDays(wanted)) {
    const from = mondayOf(now) - (Number(wanted.weeks) - 1) * WEEK;
    return spanBetween(from, now, from - Number(wanted.weeks) * WEEK);
  }
  const from = startOf(wanted.from ?? '', zone);
  const to = startOf(dayAfter(wanted.until ?? ''), zone);
  return spanBetween(from, to, from - (to - from));
}

/** The ISO weeks in UTC that a period touches, the first one first. */
export function weeksIn({ from, to }: Pick<Span, 'from' | 'to'>): Week[] {
  const weeks: Week[] = [];
  for (let start = mondayOf(Date.parse(from)); start < Date.parse(to); start += WEEK)
    weeks.push({ key: weekKey(start), start });
  return weeks;
}

function spanBetween(from: number, to: number, before: number): Span {
  const [fromText, toText, beforeText] = [from, to, before].map((at) => new Date(at).toISOString());
  return { from: fromText ?? '', to: toText ?? '', before: beforeText ?? '' };
}

const mondayOf = (at: number): number => FIRST + Math.floor((at - FIRST) / WEEK) * WEEK;
const startOf = (day: string, zone: string): number => Date.parse(momentIn(zone, `${day}T00:00`) ?? '');
const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);

/** A week belongs to the year of its Thursday. */
function weekKey(monday: number): string {
  const thursday = monday + 3 * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / WEEK) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
