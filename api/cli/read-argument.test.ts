import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, UsageError } from './cli-error.ts';
import { readChoices, readDuration, readWords } from './read-argument.ts';
import { hasTimes, readTimes, readVersion } from './schedule-times.ts';

describe('a length of time', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['15m', 900],
    ['2h', 7_200],
    [' 1d ', 86_400],
    ['0', 0],
  ])('%p is %p seconds', (text, seconds) => expect(readDuration(text, '--every')).toBe(seconds));

  it.each(['', 'soon', '1.5h', '-1', '1w', '2h30m'])('%p is none', (text) =>
    expect(() => readDuration(text, '--every')).toThrow('--every is a length of time like 90s'),
  );
});

describe('words with commas between them', () => {
  it('are taken apart', () => {
    expect(readWords(' a, b,,c ', '--events')).toEqual(['a', 'b', 'c']);
    expect(() => readWords(' , ', '--events')).toThrow(UsageError);
    expect(readChoices('RED,blue', ['red', 'blue'], '--colours')).toEqual(['red', 'blue']);
    expect(() => readChoices('red,green', ['red', 'blue'], '--colours')).toThrow('one of: red, blue');
  });
});

describe('the times of a schedule', () => {
  it.each([
    ['nothing said', {}, {}],
    [
      'one kind, which empties the others',
      { every: '1h' },
      { crons: [], intervals: [{ everySeconds: 3_600 }] },
    ],
    ['a list of calendar entries', { calendar: '[{"hour": 9}]' }, { calendars: [{ hour: '9' }], crons: [] }],
    ['an end taken away', { ends: 'none' }, { endsAt: null }],
    ['a jitter alone', { jitter: '5m' }, { jitterSeconds: 300 }],
  ])('are read: %s', (_, options, expected) => {
    expect(readTimes(options)).toMatchObject(expected);
    expect('crons' in readTimes(options)).toBe(hasTimes(options));
  });

  it.each(['{}', '[]x', '"9"', '{"hours": 9}', '{"hour": [9]}', '{"hour": 9, "zone": "UTC"}'])(
    'refuse %s as a calendar',
    (calendar) => expect(() => readTimes({ calendar })).toThrow(UsageError),
  );

  it('run a version by its number, or the newest', () => {
    expect([readVersion('3'), readVersion('newest')]).toEqual([3, null]);
    expect(() => readVersion('last')).toThrow(UsageError);
  });
});

describe('Ctrl-C at a question', () => {
  it('ends with 130', () => {
    const aborted = Object.assign(new Error('Aborted with Ctrl+C'), { name: 'AbortError' });
    expect(exitCodeOf(aborted)).toBe(130);
  });
});
