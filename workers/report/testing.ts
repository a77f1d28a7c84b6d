import type { FigureResult, Results } from '../bench/model.ts';
import type { ChaosResult } from './chaos-result.ts';

const machine = {
  ...{ cores: 2, cpu: 'Sample CPU', memoryGb: 8, system: 'Linux 6', node: '24.0.0', postgres: '15.1' },
  ...{ temporal: '1.9', commit: '0123456789ab', loadBefore: 0.1 },
};

/** Results of a bench, for tests. */
export function sampleResults(
  kind: Results['kind'],
  figures: FigureResult[],
  date = '2030-01-02T03:04:05.000Z',
): Results {
  return { kind, date, command: `npm run bench -- ${kind}`, machine, figures };
}

/** A figure with one bar that holds and one that falls short. */
export function sampleFigure(name: string): FigureResult {
  return {
    ...{ name, title: `Sample of ${name}`, failures: 0, notes: ['A <note> | with *signs*'] },
    series: [
      { label: 'engine', unit: 'per s', rounds: [80, 90, 100] },
      { label: 'bare Temporal', unit: 'per s', rounds: [120, 125, 130] },
      { label: 'engine ÷ bare Temporal', unit: '×', rounds: [0.72, 0.71, 0.75] },
    ],
    verdicts: [
      ...[{ of: 'engine', statistic: 'min' as const, relation: '≥' as const, limit: 92 }].map((bar) => ({
        ...{ ...bar, measured: 80, unit: 'per s' as const, holds: false },
      })),
      {
        ...{ of: 'engine ÷ bare Temporal', statistic: 'median', relation: '≥', limit: 0.7 },
        ...{ measured: 0.72, unit: '×', holds: true },
      },
    ],
  };
}

/** A result of the fault rig in which one invariant is broken. */
export function sampleChaos(seed: number): ChaosResult {
  return {
    ...{ kind: 'levqor-chaos', format: 1, ok: false, startedAt: '2030-01-02T03:04:05.000Z' },
    ...{ command: `npm run test:chaos -- --seed ${seed}`, seed, options: { runs: 500 } },
    machine: { cpus: 2, cpu: 'Sample CPU', memoryGb: 8 },
    versions: { commit: null, node: '24.0.0', postgres: '15.1', temporal: '1.9' },
    seconds: { load: 60, settle: 5 },
    runs: {
      ...{ started: 500, called: 12 },
      perFlow: [
        {
          flow: 'pure',
          runs: 500,
          succeeded: 499,
          failed: 1,
          cancelled: 0,
          medianSeconds: 1.2,
          p95Seconds: 4,
        },
      ],
    },
    mutations: [{ kind: 'decide', count: 40 }],
    faults: [{ kind: 'worker-kill', proxy: null, count: 9, seconds: 20 }],
    effects: { effects: 700, letters: 10, rows: 20, effectsArrived: 712 },
    invariants: [
      { name: 'none lost', rule: 'Every run is there.', checked: 512, broken: 0, examples: [] },
      { name: 'none stuck', rule: 'Every run is over.', checked: 512, broken: 1, examples: ['run_1 stands'] },
    ],
  };
}
