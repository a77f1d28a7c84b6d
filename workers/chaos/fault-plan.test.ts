import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planFaults } from './fault-plan.ts';
import type { FaultKind } from './model.ts';

const seeds = fc.nat(2 ** 31);
const gaps = (times: number[]) => times.map((at, i) => at - (times[i - 1] ?? 0));

describe('a plan of faults', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(planFaults(7, 600)).toEqual(planFaults(7, 600));
    expect(planFaults(7, 600)).not.toEqual(planFaults(8, 600));
  });

  it('kills the worker every 5 to 10 seconds from the beginning to the end', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const kills = planFaults(seed, 300).filter(({ kind }) => kind === 'worker-kill');
        const times = kills.map(({ at }) => at);
        for (const gap of gaps([...times, 300_000]).slice(0, -1)) {
          expect(gap).toBeGreaterThanOrEqual(5_000);
          expect(gap).toBeLessThanOrEqual(10_000);
        }
        expect(times.at(-1)).toBeGreaterThan(290_000 - 1);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['PostgreSQL', 'postgres-', 5_000],
    ['Temporal', 'temporal-', 10_000],
    ['a line', 'proxy-', 6_000],
  ])('keeps %s away for no longer than it may', (_, prefix, longest) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const faults = planFaults(seed, 300).filter(({ kind }) => kind.startsWith(prefix));
        expect(faults.length).toBeGreaterThan(2);
        for (const { holdMs } of faults) expect(holdMs).toBeLessThanOrEqual(longest);
      }),
      { numRuns: 50 },
    );
  });

  it('has every kind of fault in ten minutes, in the order of their times', () => {
    const plan = planFaults(1, 600);
    const kinds: FaultKind[] = [
      ...(['api-kill', 'postgres-fast-stop', 'postgres-kill', 'postgres-smart-stop', 'proxy-cut'] as const),
      ...(['proxy-dark', 'proxy-slow', 'temporal-kill', 'temporal-stop', 'worker-kill'] as const),
    ];
    expect([...new Set(plan.map(({ kind }) => kind))].sort()).toEqual(kinds);
    expect(gaps(plan.map(({ at }) => at)).every((gap) => gap >= 0)).toBe(true);
  });
});
