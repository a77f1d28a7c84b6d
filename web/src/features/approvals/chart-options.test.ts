import { describe, expect, it } from '@jest/globals';
import type UPlot from 'uplot';
import { chartOptions, type ChartParts } from './chart-options.ts';

const WEEK = 7 * 86_400_000;
const starts = Array.from({ length: 26 }, (_week, i) => i * WEEK);
const line = { name: 'a line', values: starts.map(() => 1) };
const parts: ChartParts = {
  ...{ unit: 'count', starts, lines: [line, line], direction: 'ltr', ink: (ink) => ink },
  ...{ valueText: String, weekText: (start) => `week ${start / WEEK}`, pointAt: () => undefined },
};

/** What a function of uPlot's gives for a plot of this width. */
const splitsAt = (width: number, options = chartOptions(parts)) =>
  (options.axes?.[0]?.splits as (plot: UPlot) => number[])({ width } as UPlot);

describe('a chart of weeks', () => {
  it('runs to the other side where the text does', () => {
    const { scales, axes } = chartOptions({ ...parts, direction: 'rtl' });
    expect([scales?.['x']?.dir, axes?.[1]?.side]).toEqual([-1, 1]);
    const usual = chartOptions(parts);
    expect([usual.scales?.['x']?.dir, usual.axes?.[1]?.side]).toEqual([1, 3]);
  });

  it('names as many weeks as there is room for, the newest always', () => {
    expect(splitsAt(26 * 80)).toEqual(starts);
    const few = splitsAt(320);
    expect(few.length).toBeLessThanOrEqual(4);
    expect(few.at(-1)).toBe(starts.at(-1));
    expect(splitsAt(1)).toEqual([starts.at(-1)]);
  });

  it('tells of the week that is pointed at, and when none is', () => {
    const told: (number | null)[] = [];
    const { hooks } = chartOptions({ ...parts, pointAt: (week) => told.push(week) });
    for (const idx of [3, null]) hooks?.setCursor?.[0]?.({ cursor: { idx } } as UPlot);
    expect(told).toEqual([3, null]);
  });
});
