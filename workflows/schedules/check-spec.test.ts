import { describe, expect, it } from '@jest/globals';
import { checkSpec } from './check-spec.ts';
import type { ScheduleSpec } from './model.ts';

const spec = (parts: Partial<ScheduleSpec>): ScheduleSpec => ({
  crons: [],
  intervals: [],
  calendars: [],
  timeZone: 'UTC',
  jitterSeconds: 0,
  startsAt: null,
  endsAt: null,
  ...parts,
});
const daily = { crons: ['0 6 * * *'] };
const every = (everySeconds: number, offsetSeconds = 0) => ({ intervals: [{ everySeconds, offsetSeconds }] });
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('times that can be kept', () => {
  it.each<[string, Partial<ScheduleSpec>]>([
    ['a cron text', daily],
    ['ten of each kind', { crons: many(10, '0 6 * * *'), calendars: many(10, {}), ...every(10) }],
    ['the shortest interval', every(10, 9)],
    ['the longest interval', every(31_622_400)],
    ['an empty calendar entry: midnight of each day', { calendars: [{}] }],
    ['29 February of a leap year', { calendars: [{ year: '2028', month: '2', dayOfMonth: '29' }] }],
    ['a Friday 13th of one year', { calendars: [{ year: '2026', dayOfMonth: '13', dayOfWeek: 'fri' }] }],
    [
      'a period and the most jitter',
      { ...daily, startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-02T00:00:00Z', jitterSeconds: 86_400 },
    ],
  ])('%s', (_, parts) => {
    expect(checkSpec(spec(parts))).toEqual([]);
  });
});

describe('times that cannot be kept', () => {
  it.each<[string, Partial<ScheduleSpec>, string]>([
    ['nothing at all', {}, 'crons'],
    ['too many cron texts', { crons: many(11, '0 6 * * *') }, 'crons'],
    ['too many intervals', { intervals: many(11, { everySeconds: 60, offsetSeconds: 0 }) }, 'intervals'],
    ['too many calendar entries', { calendars: many(11, {}) }, 'calendars'],
    ['a wrong cron text', { crons: ['0 6 * * *', '0 6 * *'] }, 'crons.1'],
    ['a day that never comes', { crons: ['0 0 30 2 *'] }, 'crons.0'],
    ['a short interval', every(9), 'intervals.0.everySeconds'],
    ['half a second', every(10.5), 'intervals.0.everySeconds'],
    ['no number', every(NaN), 'intervals.0.everySeconds'],
    ['a long interval', every(31_622_401), 'intervals.0.everySeconds'],
    ['an offset as long as the interval', every(60, 60), 'intervals.0.offsetSeconds'],
    ['an offset below zero', every(60, -1), 'intervals.0.offsetSeconds'],
    ['a wrong month', { calendars: [{ month: '13' }] }, 'calendars.0.month'],
    ['a wrong year', { calendars: [{ year: '2101' }] }, 'calendars.0.year'],
    ['a wrong second', { calendars: [{ second: '60' }] }, 'calendars.0.second'],
    [
      '29 February of a common year',
      { calendars: [{ year: '2027', month: 'feb', dayOfMonth: '29' }] },
      'calendars.0',
    ],
    [
      'a Friday 13th that does not come',
      { calendars: [{ year: '2027', month: '1', dayOfMonth: '13', dayOfWeek: 'fri' }] },
      'calendars.0',
    ],
    ['an unknown time zone', { ...daily, timeZone: 'Europe/Atlantis' }, 'timeZone'],
    ['a time zone in other capitals', { ...daily, timeZone: 'europe/london' }, 'timeZone'],
    ['too much jitter', { ...daily, jitterSeconds: 86_401 }, 'jitterSeconds'],
    ['jitter below zero', { ...daily, jitterSeconds: -1 }, 'jitterSeconds'],
    ['a start that is no time', { ...daily, startsAt: 'soon' }, 'startsAt'],
    ['an end that is no time', { ...daily, endsAt: 'late' }, 'endsAt'],
    [
      'an end at the start',
      { ...daily, startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' },
      'endsAt',
    ],
  ])('%s', (_, parts, field) => {
    expect(checkSpec(spec(parts)).map((problem) => problem.field)).toEqual([field]);
  });

  it('are all named, each with words', () => {
    const problems = checkSpec(spec({ crons: ['x'], timeZone: 'y', jitterSeconds: 0.5 }));
    expect(problems.map((problem) => problem.field)).toEqual(['crons.0', 'timeZone', 'jitterSeconds']);
    for (const { message } of problems) expect(message.length).toBeGreaterThan(10);
  });
});
