import type { Bar, Series } from './model.ts';
import type { Stage } from './stage.ts';

/** What the rounds of a figure gave. */
export interface Measured {
  series: Series[];
  failures: number;
  notes?: string[];
}

/** How much is done. `tiny` shows in seconds that everything works; its times mean nothing. */
export type Size = 'full' | 'tiny';

/** One figure of the bench: how it is measured, which bars it must reach, and what bounds it. */
export interface Figure {
  name: string;
  title: string;
  /** Numbers that others published, or that were measured of them, stand in workers/report/rivals.ts by this name. */
  bars: Bar[];
  /** What keeps it from being better, and how it scales out. */
  bound: string;
  /** Measures engine and baseline in turns, `rounds` times. */
  run(stage: Stage, how: { rounds: number; size: Size }): Promise<Measured>;
}

/** A series of one value a round. */
export const series = (label: string, unit: Series['unit'], rounds: number[]): Series => ({
  ...{ label, unit, rounds },
});
