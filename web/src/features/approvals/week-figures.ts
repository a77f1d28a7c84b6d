import type { Figures } from './analytics-loader.ts';
import type { Week } from './analytics-period.ts';

interface Group {
  key: string;
  figures: Figures;
}

/** What a chart shows: the measure and what it is compared with, a value a week; null where nothing was measured. */
export interface ChartData {
  id: 'asked' | 'waited' | 'refused';
  unit: 'count' | 'seconds';
  measure: (number | null)[];
  comparison: (number | null)[];
}

/** A chart with the words of its lines, and what each week says. */
export interface ShownChart extends ChartData {
  title: string;
  text: string;
  names: { measure: string; comparison: string };
  /** A line of text for each week. */
  readings: string[];
  /** The values in words, for the table. */
  cells: { measure: string; comparison: string }[];
}

interface Given {
  weeks: readonly Week[];
  groups: readonly Group[];
  weeksBefore: readonly Week[];
  groupsBefore: readonly Group[];
}

/** The three charts. A week in which nothing was asked has no group: its counts are 0, its times are missing. */
export function chartsOf({ weeks, groups, weeksBefore, groupsBefore }: Given): ChartData[] {
  const at = figuresByWeek(groups);
  const before = figuresByWeek(groupsBefore);
  const counts = (name: 'requested' | 'denied' | 'expired') =>
    weeks.map(({ key }) => at.get(key)?.[name] ?? 0);
  return [
    {
      ...{ id: 'asked', unit: 'count', measure: counts('requested') },
      comparison: weeks.map((_week, i) => countBefore(weeksBefore[i], before)),
    },
    {
      ...{ id: 'waited', unit: 'seconds' },
      measure: weeks.map(({ key }) => at.get(key)?.medianSeconds ?? null),
      comparison: weeks.map(({ key }) => at.get(key)?.p95Seconds ?? null),
    },
    { id: 'refused', unit: 'count', measure: counts('denied'), comparison: counts('expired') },
  ];
}

const figuresByWeek = (groups: readonly Group[]) => new Map(groups.map(({ key, figures }) => [key, figures]));

function countBefore(week: Week | undefined, figures: ReadonlyMap<string, Figures>): number | null {
  return week === undefined ? null : (figures.get(week.key)?.requested ?? 0);
}
