import type { useFormatter } from 'next-intl';
import { durationParts } from '../runs/duration-parts.ts';

/** A time in seconds as people say it, such as "3h 5m"; a dash where nothing was measured. */
export function secondsText(format: ReturnType<typeof useFormatter>, seconds: number | null): string {
  if (seconds === null) return '–';
  return durationParts(seconds * 1_000)
    .map(({ value, unit, digits }) =>
      format.number(value, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits }),
    )
    .join(' ');
}
