import type { FigureResult, Series, Verdict } from './model.ts';
import { summarise } from './statistics.ts';

/** A number as people read it: as many digits as the unit deserves. */
export function tellNumber(value: number, unit: Series['unit']): string {
  const digits = { s: 3, ms: 1, 'per s': 1, '×': 2, events: 0, MB: 0, '%': 1, count: 0 }[unit];
  const text = value.toLocaleString('en-GB', {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  });
  return unit === 'count' ? text : `${text} ${unit}`;
}

/** A verdict as one line. */
export function tellVerdict({ of, relation, limit, measured, unit, holds, statistic }: Verdict): string {
  const which = statistic === 'median' ? '' : ` (${statistic} of the rounds)`;
  const word = holds ? 'holds' : 'falls short';
  return `${of}${which} ${relation} ${tellNumber(limit, unit)}: ${tellNumber(measured, unit)}, ${word}`;
}

/** A figure as lines of a terminal: each series with median and spread, then the verdicts. */
export function tellFigure({ name, title, series, verdicts, failures, notes }: FigureResult): string[] {
  const width = Math.max(...series.map(({ label }) => label.length));
  const rows = series.map(({ label, unit, rounds }) => {
    const { median, min, max } = summarise(rounds);
    const spread = rounds.length > 1 ? `  (${tellNumber(min, unit)} to ${tellNumber(max, unit)})` : '';
    return `    ${label.padEnd(width)}  ${tellNumber(median, unit).padStart(12)}${spread}`;
  });
  return [
    `  ${name}: ${title}`,
    ...rows,
    ...verdicts.map((verdict) => `    ${verdict.holds ? '✓' : '✗'} ${tellVerdict(verdict)}`),
    ...(failures > 0 ? [`    ✗ ${failures} failures`] : []),
    ...notes.map((note) => `    · ${note}`),
  ];
}
