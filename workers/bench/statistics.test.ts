import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { median, percentile, summarise } from './statistics.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it.each([
    [0, 1],
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])('of 1 to 100 at %d is %d', (share, value) => expect(percentile(hundred, share)).toBe(value));

  it('of a single value is that value', () => expect(percentile([7], 0.99)).toBe(7));
  it('of nothing is refused', () => expect(() => percentile([], 0.5)).toThrow(RangeError));
  it('of a share above 1 is refused', () => expect(() => percentile([1], 95)).toThrow(RangeError));

  it('is one of the values, and at least that share of them is not above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, share) => {
          const value = percentile(all, share);
          expect(all).toContain(value);
          expect(all.filter((one) => one <= value).length).toBeGreaterThanOrEqual(share * all.length - 1e-9);
        },
      ),
    );
  });
});

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 2, 3], 2.5],
  ])('of %j is %d', (values, middle) => expect(median(values)).toBe(middle));

  it('does not change what it is given', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

it('a summary holds the ends', () => expect(summarise([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 }));
