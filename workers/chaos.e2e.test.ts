import { describe, expect, it } from '@jest/globals';
import { runChaos } from './chaos/run-chaos.ts';

/** The short form of `npm run test:chaos`, which plays more runs under faults of all kinds. */
const SEED = 11;
const RUNS = 120;
const FAULTS = ['worker-kill', 'api-kill', 'postgres'];
const MINUTES = 10;

describe('120 mixed runs while worker and API are killed and PostgreSQL stops', () => {
  it('all end as they should; nothing is lost, doubled or shown wrongly', async () => {
    const { signal } = new AbortController();
    const result = await runChaos({
      ...{ runs: RUNS, seed: SEED, minutes: MINUTES, openRuns: 60, only: FAULTS },
      ...{ command: 'npm test', say: () => undefined, signal },
    });
    expect(result.invariants.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(result.processes.map(({ endedByThemselves }) => endedByThemselves)).toEqual([0, 0]);
    const kills = result.faults.filter(({ kind }) => kind === 'worker-kill');
    expect(kills.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0);
  }, 1_200_000);
});
