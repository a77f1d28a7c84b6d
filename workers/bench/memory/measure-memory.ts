import { setTimeout as pause } from 'node:timers/promises';
import { series } from '../figure.ts';
import { judge } from '../judge.ts';
import type { LoadResult } from '../load.ts';
import type { FigureResult, Series } from '../model.ts';
import { median } from '../statistics.ts';
import { byMinute, growth, type Sample } from './growth.ts';
import { MEMORY_FIGURES } from './figures.ts';
import { readMemory, type Memory } from './process-memory.ts';
import type { StartedCopy, StartTimes } from './started-copy.ts';
import { steadyLoad } from './steady-load.ts';

/** How long and how often to measure. */
export interface MemoryPlan {
  /** Warm starts. */
  rounds: number;
  /** How long nothing is done before idle memory is read. */
  idleSeconds: number;
  /** Minutes of steady load. */
  minutes: number;
  /** Mixed runs a second. */
  rate: number;
  /** The server that the effects of the load call. */
  webUrl: string;
}

const LOOKS = 5;
const LOOK_MS = 2_000;

/**
 * Starts the platform cold, then warm again and again, reading its idle memory each time; leaves it running after the
 * last start. Gives the figures `warm-start` and `idle-memory`.
 */
export async function measureStarts(platform: StartedCopy, plan: MemoryPlan): Promise<FigureResult[]> {
  const cold = await platform.start();
  const warm: StartTimes[] = [];
  const idle: Map<string, Memory>[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    await platform.stop();
    warm.push(await platform.start());
    await pause(plan.idleSeconds * 1_000);
    idle.push(await readIdle(platform));
  }
  return [
    figureOf('warmStart', [
      series(
        'warm start',
        's',
        warm.map(({ ready }) => ready),
      ),
      series(
        'warm start, until the worker takes runs',
        's',
        warm.map(({ worker }) => worker),
      ),
      series(
        'warm start, until the web app answers',
        's',
        warm.map(({ web }) => web),
      ),
      series('first start', 's', [cold.ready]),
      series('first start, until the worker takes runs', 's', [cold.worker]),
      series('first start, until the web app answers', 's', [cold.web]),
    ]),
    figureOf('idle', [
      ...totals(idle),
      ...[...(idle[0]?.keys() ?? [])].map((part) =>
        series(
          `${part}, PSS`,
          'MB',
          idle.map((parts) => parts.get(part)?.pss ?? 0),
        ),
      ),
    ]),
  ];
}

/** Puts the running platform under a steady load; gives the figure `steady-memory`. */
export async function measureSteady(platform: StartedCopy, plan: MemoryPlan): Promise<FigureResult> {
  const totalSeconds = plan.minutes * 60;
  const samples: { seconds: number; parts: Map<string, Memory> }[] = [];
  const { root, parts } = await platform.processes();
  const startedAt = performance.now();
  const timer = setInterval(
    () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      if (seconds < totalSeconds) samples.push({ seconds, parts: readMemory(root, parts) });
    },
    Math.min(LOOK_MS * 5, totalSeconds * 10),
  );
  let load: LoadResult;
  try {
    load = await steadyLoad({
      ...{ apiUrl: platform.apiUrl, token: await platform.token('owner'), webUrl: plan.webUrl },
      ...{ rate: plan.rate, seconds: totalSeconds },
    });
  } finally {
    clearInterval(timer);
  }
  const of = (pick: (parts: Map<string, Memory>) => number): Sample[] =>
    samples.map(({ seconds, parts: found }) => ({ seconds, mb: pick(found) }));
  const all = of((found) => sumOf(found, 'pss'));
  const names = [...(samples[0]?.parts.keys() ?? [])];
  const result = figureOf('steady', [
    series('growth', '%', [growth(all, totalSeconds)]),
    series('all by minute, PSS', 'MB', byMinute(all)),
    series('all by minute, RSS', 'MB', byMinute(of((found) => sumOf(found, 'rss')))),
    ...names.map((name) =>
      series(`${name} by minute, PSS`, 'MB', byMinute(of((found) => found.get(name)?.pss ?? 0))),
    ),
    series('runs', 'per s', [load.perSecond]),
    series('failures', 'count', [load.failures]),
  ]);
  return { ...result, failures: load.failures, notes: load.firstFailure === null ? [] : [load.firstFailure] };
}

/** The medians of a few looks, so that a collection of garbage just then does not decide. */
async function readIdle(platform: StartedCopy): Promise<Map<string, Memory>> {
  const { root, parts } = await platform.processes();
  const looks: Map<string, Memory>[] = [];
  for (let look = 0; look < LOOKS; look++) {
    looks.push(readMemory(root, parts));
    await pause(LOOK_MS);
  }
  const middle = (part: string, of: keyof Memory) => median(looks.map((found) => found.get(part)?.[of] ?? 0));
  return new Map(
    [...(looks[0]?.keys() ?? [])].map((part) => [
      part,
      { pss: middle(part, 'pss'), rss: middle(part, 'rss') },
    ]),
  );
}

function totals(rounds: Map<string, Memory>[]): Series[] {
  return [
    series(
      'all, PSS',
      'MB',
      rounds.map((parts) => sumOf(parts, 'pss')),
    ),
    series(
      'all, RSS (shared pages counted again and again)',
      'MB',
      rounds.map((parts) => sumOf(parts, 'rss')),
    ),
  ];
}

function sumOf(parts: Map<string, Memory>, of: keyof Memory): number {
  return [...parts.values()].reduce((sum, memory) => sum + memory[of], 0);
}

function figureOf(key: keyof typeof MEMORY_FIGURES, found: Series[]): FigureResult {
  const { name, title, bars } = MEMORY_FIGURES[key];
  return {
    name,
    title,
    series: found,
    failures: 0,
    notes: [],
    verdicts: bars.map((bar) => judge(bar, found)),
  };
}
