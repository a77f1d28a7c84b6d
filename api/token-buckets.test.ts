import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBuckets } from './token-buckets.ts';

function buckets(rate = { points: 10, seconds: 5 }, max?: number) {
  const clock = { seconds: 0 };
  const now = () => clock.seconds * 1_000;
  return { clock, made: new TokenBuckets(rate, max === undefined ? { now } : { now, max }) };
}

describe('a bucket', () => {
  it('gives what it holds at once, and the rest as it comes back', () => {
    const { clock, made } = buckets();
    expect([made.take('a', 4), made.take('a', 6), made.take('a', 1)]).toEqual([0, 0, 1]);
    clock.seconds += 1;
    expect([made.take('a', 3), made.take('a', 2)]).toEqual([1, 0]);
    expect(made.take('a', 10)).toBe(5);
    clock.seconds += 5;
    expect(made.take('a', 10)).toBe(0);
  });

  it('is of one name alone', () => {
    const { made } = buckets();
    expect([made.take('a', 10), made.take('b', 10), made.take('a', 1)]).toEqual([0, 0, 1]);
  });

  it('never holds more than its points, and takes back what was taken for nothing', () => {
    const { clock, made } = buckets();
    clock.seconds += 1_000;
    made.giveBack('a', 5);
    expect([made.take('a', 10), made.take('a', 1)]).toEqual([0, 1]);
    made.giveBack('a', 1);
    expect(made.take('a', 1)).toBe(0);
  });

  it('gives more than it holds when it is full, or nobody ever could', () => {
    const { made } = buckets();
    expect([made.take('a', 1_000), made.take('a', 1)]).toEqual([0, 1]);
  });

  it('says when: waiting that long is enough, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 12 })), { maxLength: 30 }),
        (calls) => {
          const { clock, made } = buckets();
          for (const [wait, points] of calls) {
            clock.seconds += wait / 10;
            const refused = made.take('a', points);
            if (refused === 0) continue;
            clock.seconds += refused;
            expect(made.take('a', points)).toBe(0);
          }
        },
      ),
    );
  });
});

describe('many buckets', () => {
  it('share one when there are too many, so that names nobody knows are no way around', () => {
    const { clock, made } = buckets({ points: 2, seconds: 1 }, 3);
    for (const name of ['a', 'b', 'c']) expect(made.take(name, 2)).toBe(0);
    expect([made.take('d', 1), made.take('e', 1), made.take('f', 1)]).toEqual([0, 0, 1]);
    expect(made.take('a', 1)).toBe(1);
    clock.seconds += 10;
    expect([made.take('g', 2), made.take('h', 2)]).toEqual([0, 0]);
  });
});
