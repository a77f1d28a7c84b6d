// What tests of runs use: a world in memory, and a bench that runs trials in it on a real worker.
export { FakeWorld } from './testing/fake-world.ts';
export { TrialBench } from './testing/trial-bench.ts';
export type { RunHandle, Trial } from './testing/trial.ts';
