import { describe, expect, test } from '@jest/globals';
import { dueTimes, inUnits, ruleKindsOf } from './due-times.ts';

const none = { crons: [], intervals: [], calendars: [] };

describe('when a schedule is due', () => {
  test.each([
    [
      { rule: 'cron', crons: ' 0 9 * * 1-5 \n\n30 8 * * 6' },
      { ...none, crons: ['0 9 * * 1-5', '30 8 * * 6'] },
    ],
    [
      { rule: 'interval', every: '6', unit: 'hour', crons: 'of another choice' },
      { ...none, intervals: [{ everySeconds: 21_600, offsetSeconds: 0 }] },
    ],
    [
      { rule: 'interval', every: '1.5', unit: 'minute' },
      { ...none, intervals: [{ everySeconds: 90, offsetSeconds: 0 }] },
    ],
    [
      { rule: 'calendar', hour: '9', minute: ' ', dayOfWeek: 'mon' },
      { ...none, calendars: [{ hour: '9', dayOfWeek: 'mon' }] },
    ],
  ])('%j', (fields, times) => {
    expect(dueTimes((name) => (fields as Record<string, string>)[name] ?? '')).toEqual(times);
  });

  test.each([
    [172_800, 2, 'day'],
    [90_000, 25, 'hour'],
    [5_400, 90, 'minute'],
    [61, 61, 'second'],
  ] as const)('%i seconds are %i %s', (seconds, count, unit) => {
    expect(inUnits(seconds)).toEqual({ count, unit });
  });

  test.each([
    [none, []],
    [{ ...none, crons: ['* * * * *'] }, ['cron']],
    [{ ...none, intervals: [{}], calendars: [{}] }, ['interval', 'calendar']],
  ])('%j is said by %j', (spec, kinds) => {
    expect(ruleKindsOf(spec)).toEqual(kinds);
  });
});
