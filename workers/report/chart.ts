import { escapeXml } from './escape-xml.ts';

/** One row of a bar chart. */
export interface BarRow {
  label: string;
  median: number;
  min: number;
  max: number;
  /** The value as it is written behind the bar. */
  told: string;
  /** What is asked of it; a mark is drawn there. */
  limit: number | null;
  /** Ours, or what it is held against. */
  ours: boolean;
}

/** One line of a line chart, a value a minute. */
export interface Line {
  label: string;
  values: readonly number[];
}

// Colours that can be read on white and on black; text takes the colour of the reader's theme.
const STYLE = `<style>
.chart { font: 12px system-ui, sans-serif; } .chart text { fill: #24292f; } .chart .axis { stroke: #8c959f; stroke-width: 1; }
.chart .ours { fill: #2f81f7; } .chart .other { fill: #8c959f; } .chart .spread { stroke: #24292f; stroke-width: 1.5; }
.chart .limit { stroke: #cf222e; stroke-width: 2; stroke-dasharray: 4 2; } .chart .line { fill: none; stroke-width: 2; }
@media (prefers-color-scheme: dark) { .chart text { fill: #e6edf3; } .chart .spread { stroke: #e6edf3; } .chart .limit { stroke: #ff7b72; } }
</style>`;

const LABELS = 320;
const AREA = 340;
const WIDTH = 800;
const ROW = 28;

/** Bars with their spread and the bar that was set, as SVG. */
export function barChart(title: string, rows: readonly BarRow[]): string {
  const top = Math.max(...rows.flatMap(({ max, limit }) => [max, limit ?? 0])) || 1;
  const x = (value: number) => LABELS + (Math.max(value, 0) / top) * AREA;
  const height = rows.length * ROW + 26;
  const drawn = rows.map((row, i) => {
    const y = i * ROW + 8;
    const middle = y + 7;
    return [
      `<text x="${LABELS - 8}" y="${y + 11}" text-anchor="end">${escapeXml(row.label)}</text>`,
      `<rect class="${row.ours ? 'ours' : 'other'}" x="${LABELS}" y="${y}" width="${round(x(row.median) - LABELS)}" height="14"/>`,
      row.min === row.max
        ? ''
        : `<path class="spread" d="M${round(x(row.min))} ${middle}H${round(x(row.max))}M${round(x(row.min))} ${y + 3}v8M${round(x(row.max))} ${y + 3}v8"/>`,
      row.limit === null ? '' : `<path class="limit" d="M${round(x(row.limit))} ${y - 4}v22"/>`,
      `<text x="${round(Math.max(x(row.max), x(row.limit ?? 0)) + 6)}" y="${y + 11}">${escapeXml(row.told)}</text>`,
    ].join('');
  });
  const legend = `<text x="${LABELS}" y="${height - 4}">bar: median · thin line: least to greatest · dashed: what is asked</text>`;
  return svg(
    title,
    height,
    `${drawn.join('\n')}\n<path class="axis" d="M${LABELS} 2V${rows.length * ROW}"/>${legend}`,
  );
}

const COLOURS = ['#2f81f7', '#bf8700', '#8250df', '#1a7f37', '#cf222e', '#8c959f'];

/** Lines over minutes, as SVG; the vertical axis begins at 0. */
export function lineChart(title: string, unit: string, lines: readonly Line[]): string {
  const [left, bottom, area, high] = [60, 240, 500, 220];
  const top = Math.max(...lines.flatMap(({ values }) => values)) * 1.05 || 1;
  const count = Math.max(...lines.map(({ values }) => values.length));
  const x = (minute: number) => round(left + (count > 1 ? (minute / (count - 1)) * area : 0));
  const y = (value: number) => round(bottom - (value / top) * high);
  const labels = placed(lines.map(({ values }) => y(values.at(-1) ?? 0)));
  const drawn = lines.map(({ label, values }, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? '#8c959f';
    const path = values
      .map((value, minute) => `${minute === 0 ? 'M' : 'L'}${x(minute)} ${y(value)}`)
      .join('');
    return `<path class="line" stroke="${colour}" d="${path}"/><rect x="${left + area + 8}" y="${(labels[i] ?? 0) - 8}" width="9" height="9" fill="${colour}"/><text x="${left + area + 22}" y="${labels[i] ?? 0}">${escapeXml(label)}</text>`;
  });
  const marks = [0, 0.5, 1].map((share) => {
    const value = (top / 1.05) * share;
    return `<text x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${Math.round(value)} ${escapeXml(unit)}</text>`;
  });
  const axis = `<path class="axis" fill="none" d="M${left} 12V${bottom}H${left + area}"/>`;
  const minutes = `<text x="${left}" y="${bottom + 18}">minute 1</text><text x="${left + area}" y="${bottom + 18}" text-anchor="end">minute ${count}</text>`;
  return svg(title, bottom + 28, [axis, ...marks, minutes, ...drawn].join('\n'));
}

/** Heights for labels near those asked for, none closer to another than a line of text. */
function placed(wanted: number[]): number[] {
  const order = wanted.map((height, index) => ({ height, index })).sort((a, b) => b.height - a.height);
  const heights = [...wanted];
  let free = Infinity;
  for (const { height, index } of order) {
    free = Math.min(height + 4, free - 15);
    heights[index] = free;
  }
  return heights;
}

function svg(title: string, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(title)}">${STYLE}\n${content}\n</svg>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
