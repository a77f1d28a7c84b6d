import { setTimeout as pause } from 'node:timers/promises';
import { collectFacts, outboxOf } from './collect-facts.ts';
import { planFaults } from './fault-plan.ts';
import { goodClient } from './good-client.ts';
import { injectFaults } from './inject-faults.ts';
import { checkInvariants } from './invariants.ts';
import { keepLines } from './keep-lines.ts';
import { Ledger } from './ledger.ts';
import { measure } from './measure.ts';
import type { ChaosResult, Fault, FaultResult } from './model.ts';
import { openRig, type Rig } from './open-rig.ts';
import { planScenarios } from './plan-scenarios.ts';
import { playLoad } from './play-load.ts';
import { prepareFlows } from './prepare-flows.ts';
import { Supervised } from './supervise.ts';
import { watchRuns } from './watch-runs.ts';

/** What to do. */
export interface ChaosOptions {
  runs: number;
  seed: number;
  /** After so many minutes no further run is asked for. */
  minutes: number;
  /** So many runs are open at once at most. */
  openRuns: number;
  /** Only faults whose kind begins with one of these happen; all when empty. For finding a cause. */
  only: readonly string[];
  /** How it was called, for the report. */
  command: string;
  say: (line: string) => void;
  /** Ends it early: what was started is stopped, and there is no result. */
  signal: AbortSignal;
}

/** When the load is over, it has so long to come to rest, in milliseconds. */
const SETTLE_LIMIT = 120_000;
const SETTLE_LOOK = 500;
const PROGRESS_MS = 15_000;

/**
 * Starts a platform of its own, plays the load while faults happen, waits until all has come to rest, looks whether
 * what was promised holds, and closes everything. Throws when the rig itself breaks, and the signal's reason.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const startedAt = new Date();
  const rig = await openRig(options.say);
  try {
    return await onRig(rig, options, startedAt);
  } finally {
    await rig.close();
  }
}

async function onRig(rig: Rig, options: ChaosOptions, startedAt: Date): Promise<ChaosResult> {
  const { runs, seed, say } = options;
  const { signal } = options;
  const client = goodClient({ apiUrl: rig.apiUrl, tokens: rig.platform.tokens, signal });
  const ledger = new Ledger();
  const flows = await prepareFlows(rig);
  const watch = watchRuns(rig.platform.database.adminUrl);
  const logs = keepLines({ api: rig.platform.api, worker: rig.platform.worker }, seed);
  const stage = { client, ledger, watch, seed, signal, ...flows };
  const clock = stopWatch(startedAt);
  const setup = clock();

  say(`setup took ${setup} s; ${runs} runs begin, seed ${seed}`);
  const { load, faults, processes } = await underFaults(rig, stage, options);
  const loaded = clock();
  say(`every request was answered after ${loaded} s of load; waiting for the runs to end`);
  await settle(rig, signal);
  const settled = clock();
  const problems = await load.stop();
  await watch.stop();
  logs.stop();
  signal.throwIfAborted();

  const facts = await collectFacts(rig, client, { asked: runs, ledger, problems });
  const invariants = checkInvariants(facts);
  const measured = await measure(rig, facts);
  const { command, openRuns, minutes } = options;
  return {
    ...{ kind: 'levqor-chaos', format: 1, ok: invariants.every(({ broken }) => broken === 0) },
    ...{ startedAt: startedAt.toISOString(), endedAt: new Date().toISOString(), command, seed },
    options: { runs, openRuns, minutes },
    ...measured,
    seconds: { setup, load: loaded, settle: settled, check: clock() },
    ...{ faults, processes, client: client.counts, invariants },
  };
}

/** Plays the load while faults happen. When it resolves all servers and processes run and nothing disturbs them. */
async function underFaults(rig: Rig, stage: Parameters<typeof playLoad>[0], options: ChaosOptions) {
  const { runs, seed, minutes, openRuns, say } = options;
  const { platform, servers, proxies } = rig;
  const worker = new Supervised(platform.worker, (line) => say(`worker: ${line}`));
  const api = new Supervised(platform.api, (line) => say(`API: ${line}`));
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(minutes * 60_000)]);
  const loadEnds = new AbortController();
  const seen = new Map<string, number>();
  const onFault = ({ kind }: Fault) => void seen.set(kind, (seen.get(kind) ?? 0) + 1);
  const targets = { worker, api, ...servers, proxies, changesUnderWay: stage.client.changesUnderWay };
  // Longer than the load may take: it ends with the load.
  const { only } = options;
  const isWanted = ({ kind }: Fault) => only.length === 0 || only.some((prefix) => kind.startsWith(prefix));
  const plan = planFaults(seed, minutes * 60 * 2).filter(isWanted);
  const injecting = injectFaults(targets, plan, { signal: loadEnds.signal, onFault });
  let asked = 0;
  const tell = () => say(`${asked} of ${runs} asked for, ${stage.watch.open.size} open; ${countsText(seen)}`);
  const progress = setInterval(tell, PROGRESS_MS);
  try {
    const load = await playLoad(stage, planScenarios(seed, runs), {
      ...{ openRuns, signal: limit },
      onProgress: (number) => (asked = number),
    });
    return { load, ...(await afterLoad()) };
  } finally {
    clearInterval(progress);
    loadEnds.abort();
  }

  async function afterLoad(): Promise<{ faults: FaultResult[]; processes: ChaosResult['processes'] }> {
    loadEnds.abort();
    const faults = await injecting;
    await Promise.all([worker.stop(), api.stop()]);
    const of = (name: 'api' | 'worker', { starts, endedByItself }: Supervised) => ({
      ...{ name, starts, endedByThemselves: endedByItself },
    });
    return { faults, processes: [of('worker', worker), of('api', api)] };
  }
}

/** Waits until no run is open, here and in Temporal, and the outbox is empty; at most 120 seconds. */
async function settle({ platform }: Rig, signal: AbortSignal): Promise<void> {
  const end = Date.now() + SETTLE_LIMIT;
  while (Date.now() < end && !signal.aborted) {
    const [here] = await platform.sql<{ open: number }>(
      `SELECT count(*)::int AS open FROM run WHERE finished_at IS NULL`,
    );
    const there = await platform.temporal.workflow.count(`ExecutionStatus = 'Running'`).catch(() => null);
    const { waiting } = await outboxOf(platform);
    if (here?.open === 0 && there?.count === 0 && waiting === 0) return;
    await pause(SETTLE_LOOK);
  }
}

function countsText(seen: ReadonlyMap<string, number>): string {
  return [...seen].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** Gives the seconds since it was asked last, with one decimal. */
function stopWatch(since: Date): () => number {
  let last = since.getTime();
  return () => {
    const now = Date.now();
    const seconds = Math.round((now - last) / 100) / 10;
    last = now;
    return seconds;
  };
}
