import { z } from 'zod';

/** What values count in. */
export const UNITS = ['s', 'ms', 'per s', '×', 'events', 'MB', '%', 'count'] as const;

/** Something that was measured in each round. */
export const seriesSchema = z.strictObject({
  label: z.string(),
  unit: z.enum(UNITS),
  /** One value a round, in order. */
  rounds: z.array(z.number()).min(1),
});
export type Series = z.output<typeof seriesSchema>;

/** A bar and whether it was reached. */
export const verdictSchema = z.strictObject({
  /** The label of the series that it looks at. */
  of: z.string(),
  /** Which value of the rounds counts. */
  statistic: z.enum(['median', 'min', 'max']),
  relation: z.enum(['≤', '≥']),
  limit: z.number(),
  measured: z.number(),
  unit: z.enum(UNITS),
  holds: z.boolean(),
});
export type Verdict = z.output<typeof verdictSchema>;
export type Bar = Omit<Verdict, 'measured' | 'unit' | 'holds'>;

export const figureResultSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  series: z.array(seriesSchema),
  verdicts: z.array(verdictSchema),
  /** Pieces of work that did not do what they should; anything but 0 spoils the figure. */
  failures: z.int(),
  notes: z.array(z.string()),
});
export type FigureResult = z.output<typeof figureResultSchema>;

/** Which series a report draws; all of one unit. */
export interface Picture {
  /** `bars`: a bar for the median of each; `lines`: their rounds one after the other, which are minutes then. */
  kind: 'bars' | 'lines';
  labels: readonly string[];
}

/** What is known of a figure before it is measured. */
export interface FigureDefinition {
  name: string;
  title: string;
  bars: readonly Bar[];
  /** What keeps it from being better, and how it scales out. */
  bound: string;
  picture: Picture;
}

/** The machine and the programs that were measured. */
export const machineSchema = z.strictObject({
  cores: z.int(),
  cpu: z.string(),
  memoryGb: z.number(),
  system: z.string(),
  node: z.string(),
  postgres: z.string(),
  temporal: z.string(),
  commit: z.string(),
  /** Load of the machine, mean of a minute, before the measurement began. */
  loadBefore: z.number(),
});
export type Machine = z.output<typeof machineSchema>;

/** What a run of the benches leaves: a file in `.levqor/results`. */
export const resultsSchema = z.strictObject({
  kind: z.enum(['engine', 'memory', 'lighthouse']),
  date: z.iso.datetime(),
  command: z.string(),
  machine: machineSchema,
  figures: z.array(figureResultSchema),
});
export type Results = z.output<typeof resultsSchema>;
