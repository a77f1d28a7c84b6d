import { series, type Measured } from './figure.ts';
import type { LoadResult } from './load.ts';
import type { Series } from './model.ts';
import { percentile } from './statistics.ts';

/** A round: the same load on the engine and on the baseline. */
export interface Loads {
  engine: LoadResult;
  baseline: LoadResult;
}

/** Pieces of work a second, of both, and their ratio, by round. */
export function paceSeries(loads: readonly Loads[], baseline: string): Series[] {
  return [
    series(
      'engine',
      'per s',
      loads.map((load) => load.engine.perSecond),
    ),
    series(
      baseline,
      'per s',
      loads.map((load) => load.baseline.perSecond),
    ),
    series(
      `engine ÷ ${baseline}`,
      '×',
      loads.map((load) => load.engine.perSecond / load.baseline.perSecond),
    ),
  ];
}

/** Latencies of both at these shares (0.5 is p50), by round. */
export function latencySeries(
  loads: readonly Loads[],
  baseline: string,
  shares: readonly number[],
): Series[] {
  const at = (who: keyof Loads, share: number) => loads.map((load) => percentile(load[who].latencies, share));
  return shares.flatMap((share) => [
    series(`engine: p${share * 100}`, 'ms', at('engine', share)),
    series(`${baseline}: p${share * 100}`, 'ms', at('baseline', share)),
  ]);
}

/** What failed in any of the loads, as the last series of a figure; the notes quote the first failures. */
export function withFailures(found: Series[], all: readonly LoadResult[]): Measured {
  const failures = all.map((load) => load.failures);
  return {
    series: [...found, series('failures', 'count', failures)],
    failures: failures.reduce((sum, one) => sum + one, 0),
    notes: all.flatMap(({ firstFailure }) => firstFailure ?? []).slice(0, 3),
  };
}
