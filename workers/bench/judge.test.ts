import { describe, expect, it } from '@jest/globals';
import { judge } from './judge.ts';
import type { Bar } from './model.ts';

const measured = [{ label: 'engine', unit: 'ms' as const, rounds: [90, 100, 140] }];
const bar = (fields: Partial<Bar>): Bar => ({
  ...{ of: 'engine', statistic: 'median', relation: '≤', limit: 100, ...fields },
});

describe('a bar', () => {
  it.each<[Partial<Bar>, number, boolean]>([
    [{}, 100, true],
    [{ limit: 99.9 }, 100, false],
    [{ statistic: 'max' }, 140, false],
    [{ statistic: 'min', relation: '≥', limit: 90 }, 90, true],
    [{ statistic: 'min', relation: '≥', limit: 92 }, 90, false],
    [{ relation: '≥', limit: 100 }, 100, true],
  ])('%j looks at %d and says %s', (fields, value, holds) => {
    expect(judge(bar(fields), measured)).toEqual({ ...bar(fields), measured: value, unit: 'ms', holds });
  });

  it('that looks at nothing is an error, never a bar that holds', () =>
    expect(() => judge(bar({ of: 'engin' }), measured)).toThrow('"engin"'));
});
