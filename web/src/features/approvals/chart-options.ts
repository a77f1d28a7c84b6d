import type UPlot from 'uplot';

/** What is drawn in which colour. */
export type ChartInk = 'measure' | 'comparison' | 'text' | 'grid' | 'ground';

/** Pixels of the screen. */
export const CHART_HEIGHT = 200;
const LABEL_LINE = 15;
const ABOVE_POINT = 6;
const AXIS_SIZE = 58;
const FEW_WEEKS = 27;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps of an axis of time, in seconds. */
const TIME_STEPS = [
  ...[1, 2, 5, 10, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 10 * DAY, 30 * DAY, 100 * DAY],
];
const COUNT_STEPS = [1, 2, 5].flatMap((step) => [0, 1, 2, 3, 4, 5].map((power) => step * 10 ** power));

interface Line {
  name: string;
  values: (number | null)[];
}

export interface ChartParts {
  unit: 'count' | 'seconds';
  /** The Mondays, in milliseconds since 1970. */
  starts: number[];
  /** The comparison, then the measure, which lies above it. */
  lines: readonly [comparison: Line, measure: Line];
  direction: 'ltr' | 'rtl';
  ink: (ink: ChartInk) => string;
  valueText: (value: number) => string;
  weekText: (start: number) => string;
  /** Told of the week that is pointed at; null for none. */
  pointAt: (week: number | null) => void;
}

/** How uPlot draws a chart of weeks; the width is left to the caller. In right-to-left languages time runs to the other side. */
export function chartOptions(parts: ChartParts): Omit<UPlot.Options, 'width'> {
  const { ink, direction, starts } = parts;
  const isReversed = direction === 'rtl';
  const points = { show: starts.length < FEW_WEEKS, size: 6 };
  return {
    height: CHART_HEIGHT,
    padding: [24, 8, 0, 8],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: false, dir: isReversed ? -1 : 1, range: () => rangeOf(starts) },
      y: { range: (_plot, _least, most) => [0, Math.max(1, (most ?? 0) * 1.1)] },
    },
    axes: [weekAxis(parts), valueAxis(parts, isReversed ? 1 : 3)],
    series: [
      {},
      {
        stroke: () => ink('comparison'),
        width: 1.5,
        dash: [4, 4],
        points: { ...points, fill: () => ink('ground') },
      },
      { stroke: () => ink('measure'), width: 2, points: { ...points, fill: () => ink('ground') } },
    ],
    hooks: {
      draw: [(plot) => drawLabels(plot, parts)],
      setCursor: [({ cursor }) => parts.pointAt(cursor.idx ?? null)],
    },
  };
}

/** A single week stands in the middle. */
function rangeOf(starts: number[]): [number, number] {
  const [first = 0, last = 0] = [starts[0], starts.at(-1)];
  return first === last ? [first - 1, last + 1] : [first, last];
}

function weekAxis({ starts, ink, weekText }: ChartParts): UPlot.Axis {
  return {
    stroke: () => ink('text'),
    font: '12px "Inter Variable", sans-serif',
    grid: { show: false },
    ticks: { show: false },
    size: 28,
    splits: (plot) => {
      const room = Math.max(1, Math.floor(plot.width / 80));
      const every = Math.ceil(starts.length / room);
      // Counted from the newest week, which is always named.
      return starts.filter((_start, i) => (starts.length - 1 - i) % every === 0);
    },
    values: (_plot, splits) => splits.map(weekText),
  };
}

function valueAxis({ unit, ink, valueText }: ChartParts, side: UPlot.Axis.Side): UPlot.Axis {
  return {
    side,
    stroke: () => ink('text'),
    font: '12px "Inter Variable", sans-serif',
    grid: { stroke: () => ink('grid'), width: 1 },
    ticks: { show: false },
    size: AXIS_SIZE,
    incrs: [...(unit === 'seconds' ? TIME_STEPS : COUNT_STEPS)].sort((one, other) => one - other),
    values: (_plot, splits) => splits.map(valueText),
  };
}

/** Writes the name of each line at its end; the upper one gives way where two would cover each other. */
function drawLabels(plot: UPlot, { lines, starts, direction, ink }: ChartParts): void {
  const scale = plot.width === 0 ? 1 : plot.ctx.canvas.width / plot.width;
  const ends = lines
    .map(
      ({ name, values }, i) =>
        ({ name, ink: i === 0 ? 'comparison' : 'measure', ...endOf(values, starts) }) as const,
    )
    .filter(({ value }) => value !== null)
    .map(({ at, value, ...end }) => ({
      ...end,
      x: plot.valToPos(at, 'x', true),
      y: plot.valToPos(value ?? 0, 'y', true),
    }))
    .sort((one, other) => other.y - one.y);
  const { ctx } = plot;
  ctx.save();
  Object.assign(ctx, { direction, textAlign: 'end', textBaseline: 'bottom', lineJoin: 'round' });
  ctx.font = `500 ${12 * scale}px "Inter Variable", sans-serif`;
  ctx.lineWidth = 4 * scale;
  ctx.strokeStyle = ink('ground');
  let limit = Number.POSITIVE_INFINITY;
  for (const { name, ink: own, x, y } of ends) {
    const top = Math.min(y - ABOVE_POINT * scale, limit);
    limit = top - LABEL_LINE * scale;
    ctx.fillStyle = ink(own);
    ctx.strokeText(name, x, top);
    ctx.fillText(name, x, top);
  }
  ctx.restore();
}

function endOf(values: (number | null)[], starts: number[]): { at: number; value: number | null } {
  const i = values.findLastIndex((value) => value !== null);
  return { at: starts[i] ?? 0, value: values[i] ?? null };
}
