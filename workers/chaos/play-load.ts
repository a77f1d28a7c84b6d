import { setTimeout as pause } from 'node:timers/promises';
import { decideApprovals } from './decide-approvals.ts';
import { makeThings } from './make-things.ts';
import type { LedgerRun, Scenario } from './model.ts';
import { playScenario, type Stage } from './play-scenario.ts';

/** How a load is played. */
export interface LoadOptions {
  /** So many runs are open at once at most, as far as the rig sees. */
  openRuns: number;
  /** No further run is asked for once this is aborted. */
  signal: AbortSignal;
  /** Told now and then how many runs were asked for. */
  onProgress: (asked: number) => void;
}

/** The least time between two starts, in milliseconds: a burst would only make a queue. */
const BETWEEN_STARTS = 40;
const LOOK_MS = 100;

/** The people who go on when all runs were asked for, until they are told to stop. */
export interface Load {
  /** What went wrong besides the runs' own problems. */
  stop(): Promise<string[]>;
}

/**
 * Plays the scenarios side by side. Resolves when every start and every change was acknowledged or given up; the people
 * who decide go on until `stop`.
 */
export async function playLoad(
  stage: Stage,
  scenarios: readonly Scenario[],
  { openRuns, signal, onProgress }: LoadOptions,
): Promise<Load> {
  const people = new AbortController();
  const makers = new AbortController();
  const deciding = decideApprovals(stage, people.signal);
  const making = makeThings(stage, makers.signal);
  const playing = new Set<Promise<void>>();
  for (const scenario of scenarios) {
    while (!signal.aborted && openAtMost(stage) >= openRuns) await pause(LOOK_MS);
    if (signal.aborted) break;
    const play = playScenario(stage, scenario);
    playing.add(play);
    void play.finally(() => playing.delete(play));
    onProgress(scenario.number);
    await pause(BETWEEN_STARTS);
  }
  await Promise.all(playing);
  makers.abort();
  const problems = await making;
  return {
    stop: async () => {
      people.abort();
      await deciding;
      return problems;
    },
  };
}

/** The runs that were open at the last look, and those that may have become so since. */
function openAtMost({ watch, ledger }: Stage): number {
  const isNew = ({ runId, startedAt, problem }: LedgerRun) =>
    problem === null && (runId === null || startedAt >= watch.lookedAt);
  return watch.open.size + ledger.runs.filter(isNew).length;
}
