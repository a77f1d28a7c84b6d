import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SlotLimit } from './slot-limit.ts';

const BOUNDS = { least: 20, first: 40, most: 200, slowMs: 2_500, shrinkEveryMs: 1_000 };
const QUICK = 100;
const SLOW = 9_000;

describe('the limit of tasks side by side', () => {
  it.each([
    ['grows by one with a quick task while it is used', [{ tookMs: QUICK, at: 0, inUse: 40 }], 41],
    ['stays while it is not used', [{ tookMs: QUICK, at: 0, inUse: 5 }], 40],
    ['shrinks with a slow task', [{ tookMs: SLOW, at: 0, inUse: 40 }], 28],
    [
      'shrinks once for all that was begun before',
      [0, 10, 999].map((at) => ({ tookMs: SLOW, at, inUse: 40 })),
      28,
    ],
    ['shrinks again when it is slow still', [0, 1_000].map((at) => ({ tookMs: SLOW, at, inUse: 40 })), 20],
  ])('%s', (_, tasks, expected) => {
    const limit = new SlotLimit(BOUNDS);
    for (const task of tasks) limit.learn(task);
    expect(limit.now).toBe(expected);
  });

  it('never leaves its bounds, whatever comes', () => {
    const task = fc.record({ tookMs: fc.nat(20_000), at: fc.nat(100_000), inUse: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(task, { maxLength: 500 }), (tasks) => {
        const limit = new SlotLimit(BOUNDS);
        for (const one of tasks) {
          limit.learn(one);
          expect(limit.now).toBeGreaterThanOrEqual(BOUNDS.least);
          expect(limit.now).toBeLessThanOrEqual(BOUNDS.most);
        }
      }),
    );
  });

  // Each task needs so much of a machine that does one second of work a second: side by side they take as long together.
  it.each([0.02, 0.1, 0.3])('comes to rest where tasks of %d s work end in time', (work) => {
    const limit = new SlotLimit(BOUNDS);
    for (let at = 0, i = 0; i < 1_000; i += 1) {
      const tookMs = work * limit.now * 1_000;
      at += work * 1_000;
      limit.learn({ tookMs, at, inUse: limit.now });
    }
    expect(work * limit.now).toBeLessThan(10);
  });
});
