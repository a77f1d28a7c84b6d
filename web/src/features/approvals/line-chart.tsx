'use client';

import 'uplot/dist/uPlot.min.css';
import { useFormatter, useLocale } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import { directionOf } from '../../i18n/locales.ts';
import { chartOptions, CHART_HEIGHT, type ChartInk } from './chart-options.ts';
import { secondsText } from './seconds-text.ts';
import type { ShownChart } from './week-figures.ts';

const TONES = { asked: 'text-run', waited: 'text-wait', refused: 'text-fail' } as const;

/** Two lines over the weeks: what is measured in its colour, what it is compared with in grey. */
export function LineChart({ chart, starts, label }: { chart: ShownChart; starts: number[]; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const inks = useRef<HTMLDivElement>(null);
  const format = useFormatter();
  const direction = directionOf(useLocale());
  const [at, setAt] = useState<number | null>(null);

  useEffect(() => {
    if (place.current === null || inks.current === null) return undefined;
    const lines = [
      { name: chart.names.comparison, values: chart.comparison },
      { name: chart.names.measure, values: chart.measure },
    ] as const;
    const options = chartOptions({
      ...{ unit: chart.unit, starts, lines, direction, ink: inkOf(inks.current), pointAt: setAt },
      valueText: (value) => (chart.unit === 'count' ? format.number(value) : secondsText(format, value)),
      weekText: (start) => format.dateTime(start, { timeZone: 'UTC', day: 'numeric', month: 'short' }),
    });
    const plot = new UPlot(
      { ...options, width: place.current.clientWidth },
      [starts, ...lines.map(({ values }) => values)],
      place.current,
    );
    const sized = new ResizeObserver(([entry]) => {
      if (entry) plot.setSize({ width: Math.floor(entry.contentRect.width), height: CHART_HEIGHT });
    });
    sized.observe(place.current);
    const redraw = (): void => plot.redraw();
    const isLight = matchMedia('(prefers-color-scheme: light)');
    isLight.addEventListener('change', redraw);
    return () => {
      isLight.removeEventListener('change', redraw);
      sized.disconnect();
      plot.destroy();
    };
  }, [chart, starts, format, direction]);

  return (
    <div>
      <div ref={inks} hidden>
        <span className={TONES[chart.id]} />
        <span className="text-idle" />
        <span className="text-aside" />
        <span className="text-line-soft" />
        <span className="text-ink-1" />
      </div>
      <div
        ref={place}
        role="img"
        aria-label={label}
        className="min-w-0 overflow-hidden"
        style={{ height: CHART_HEIGHT }}
      />
      <p aria-hidden="true" className="mt-1 min-h-5 text-12 text-aside tabular-nums">
        {at === null ? null : chart.readings[at]}
      </p>
    </div>
  );
}

/** The colours of the theme as a canvas takes them, looked up anew each time: the theme may change. */
function inkOf(inks: HTMLElement): (ink: ChartInk) => string {
  const names: ChartInk[] = ['measure', 'comparison', 'text', 'grid', 'ground'];
  return (ink) => getComputedStyle(inks.children[names.indexOf(ink)] ?? inks).color;
}
