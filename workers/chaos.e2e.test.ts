import { describe, expect, it } from '@jest/globals';
import { runChaos } from './chaos/run-chaos.ts';

/** The short form of `npm run test:chaos`. Another seed is another load under other faults. */
const SEED = 11;
const MINUTES = 12;

describe('500 mixed runs while the worker is killed, servers stop and connections break', () => {
  it('all end as they should; nothing is lost, doubled or shown wrongly', async () => {
    const { signal } = new AbortController();
    const result = await runChaos({
      ...{ runs: 500, seed: SEED, minutes: MINUTES, openRuns: 150, only: [] },
      ...{ command: 'npm test', say: () => undefined, signal },
    });
    expect(result.invariants.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(result.processes.map(({ endedByThemselves }) => endedByThemselves)).toEqual([0, 0]);
    const struck = (prefix: string) =>
      result.faults.filter(({ kind }) => kind.startsWith(prefix)).reduce((sum, { count }) => sum + count, 0);
    expect(struck('worker-kill')).toBeGreaterThan(2);
    for (const prefix of ['api-', 'postgres-', 'temporal-', 'proxy-'])
      expect(struck(prefix)).toBeGreaterThan(0);
  }, 1_200_000);
});
