import { describe, expect, it } from '@jest/globals';
import { durationParts } from './duration-parts.ts';

const said = (ms: number) => durationParts(ms).map(({ value, unit }) => `${value} ${unit}`);

describe('a duration', () => {
  it.each([
    [-5, ['0 millisecond']],
    [80, ['80 millisecond']],
    [2_400, ['2.4 second']],
    [60_000, ['1 minute']],
    [372_000, ['6 minute', '12 second']],
    [3_600_000 * 2 + 60_000 * 5, ['2 hour', '5 minute']],
    [86_400_000 + 3_600_000 * 17, ['1 day', '17 hour']],
  ])('of %d ms is %j', (ms, words) => expect(said(ms)).toEqual(words));
});
