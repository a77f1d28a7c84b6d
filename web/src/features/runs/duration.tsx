import { useFormatter, useNow } from 'next-intl';
import { durationParts } from './duration-parts.ts';

/** How long something took, or has taken so far; a dash when it has not begun. */
export function Duration({ from, to }: { from: string | null; to: string | null }) {
  const format = useFormatter();
  const now = useNow();
  if (from === null) return <span className="text-aside">–</span>;
  const ms = (to === null ? now.getTime() : Date.parse(to)) - Date.parse(from);
  const text = durationParts(ms)
    .map(({ value, unit, digits }) =>
      format.number(value, {
        style: 'unit',
        unit,
        unitDisplay: 'narrow',
        maximumFractionDigits: digits,
      }),
    )
    .join(' ');
  return <span className="whitespace-nowrap tabular-nums">{text}</span>;
}
