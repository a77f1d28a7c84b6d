import type { FigureDefinition, Series } from './model.ts';
import type { Stage } from './stage.ts';

/** What the rounds of a figure gave. */
export interface Measured {
  series: Series[];
  failures: number;
  notes?: string[];
}

/** How much is done. `tiny` shows in seconds that everything works; its times mean nothing. */
export type Size = 'full' | 'tiny';

/** One figure of the bench and how it is measured. */
export interface Figure extends FigureDefinition {
  /** Measures engine and baseline in turns, `rounds` times. */
  run(stage: Stage, how: { rounds: number; size: Size }): Promise<Measured>;
}

/** A series of one value a round. */
export const series = (label: string, unit: Series['unit'], rounds: number[]): Series => ({
  ...{ label, unit, rounds },
});
