import { describe, expect, it } from '@jest/globals';
import { CRON_FIELDS, cronNumbers, cronProblem } from './cron.ts';

const FIVE = 'Write five fields: minute, hour, day of month, month, day of week, as in "0 6 * * 1-5".';
const NO_DAY = 'No day fits this: look at the day of the month, the month and the day of the week.';

describe('cronProblem', () => {
  it.each([
    '0 6 * * 1-5',
    '  */15   0-6,22 1,15 jan-mar,DEC sun,2 ',
    '5/20 3 * * 7',
    '59 23 31 12 5-7',
    '0 0 29 2 *',
    '0 0 31 1-12 *',
    '0 6 29 feb mon',
  ])('%s is fine', (cron) => {
    expect(cronProblem(cron)).toBeNull();
  });

  it.each([
    ['', FIVE],
    ['0 6 * *', FIVE],
    ['0 0 6 * * *', FIVE],
    ['@daily', FIVE],
    ['CRON_TZ=UTC 0 6 * * *', FIVE],
    ['60 6 * * *', `${FIVE} The minute is not right.`],
    ['0 24 * * *', `${FIVE} The hour is not right.`],
    ['0 6 0 * *', `${FIVE} The day of the month is not right.`],
    ['0 6 L * *', `${FIVE} The day of the month is not right.`],
    ['0 6 ? * 1', `${FIVE} The day of the month is not right.`],
    ['0 6 * 13 *', `${FIVE} The month is not right.`],
    ['0 6 * january *', `${FIVE} The month is not right.`],
    ['0 6 * * 8', `${FIVE} The day of the week is not right.`],
    ['0 6 * * fri-sun', `${FIVE} The day of the week is not right.`],
    ['0 6 * * 1#2', `${FIVE} The day of the week is not right.`],
    ['*/0 * * * *', `${FIVE} The minute is not right.`],
    ['*/5/2 * * * *', `${FIVE} The minute is not right.`],
    ['1-2-3 * * * *', `${FIVE} The minute is not right.`],
    ['30-10 * * * *', `${FIVE} The minute is not right.`],
    ['1, * * * *', `${FIVE} The minute is not right.`],
    ['-5 * * * *', `${FIVE} The minute is not right.`],
    ['0 0 30 2 *', NO_DAY],
    ['0 0 31 4,6,9,11 *', NO_DAY],
    ['0 0 31 feb,jun *', NO_DAY],
  ])('%j is refused', (cron, message) => {
    expect(cronProblem(cron)).toBe(message);
  });
});

describe('cronNumbers', () => {
  it.each([
    ['*/20', CRON_FIELDS.minute, [0, 20, 40]],
    ['5/20', CRON_FIELDS.minute, [5, 25, 45]],
    ['7', CRON_FIELDS.hour, [7]],
    ['8-10,12', CRON_FIELDS.hour, [8, 9, 10, 12]],
    ['1-5/2', CRON_FIELDS.dayOfWeek, [1, 3, 5]],
    ['oct-dec', CRON_FIELDS.month, [10, 11, 12]],
    ['2028-2030/2', CRON_FIELDS.year, [2028, 2030]],
    ['1999', CRON_FIELDS.year, null],
    ['', CRON_FIELDS.second, null],
  ])('%s', (text, field, numbers) => {
    expect(cronNumbers(text, field)).toEqual(numbers);
  });
});
