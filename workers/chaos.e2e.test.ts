import { describe, expect, it } from '@jest/globals';
import { runChaos } from './chaos/run-chaos.ts';

/** The short form of `npm run test:chaos`, which plays ten times as many runs. */
const SEED = 31;
const RUNS = 500;
const MINUTES = 15;

describe('500 mixed runs under kills, stops and cut or slow connections', () => {
  it('all end as they should; nothing is lost, doubled or shown wrongly', async () => {
    const { signal } = new AbortController();
    const result = await runChaos({
      ...{ runs: RUNS, seed: SEED, minutes: MINUTES, openRuns: 150, only: [] },
      ...{ command: 'npm test', say: () => undefined, signal },
    });
    expect(result.invariants.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(result.processes.map(({ endedByThemselves }) => endedByThemselves)).toEqual([0, 0]);
    const kills = result.faults.filter(({ kind }) => kind === 'worker-kill');
    expect(kills.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0);
  }, 1_500_000);
});
