import { useFormatter, useNow } from 'next-intl';
import { durationParts } from './duration-parts.ts';

/** A time in milliseconds, said in its one or two largest parts. */
export function timeText(format: Pick<ReturnType<typeof useFormatter>, 'number'>, ms: number): string {
  return durationParts(ms)
    .map(({ value, unit, digits }) =>
      format.number(value, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits }),
    )
    .join(' ');
}

/** The same where it stands by itself. */
export function TimeText({ ms }: { ms: number }) {
  const format = useFormatter();
  return <span className="whitespace-nowrap tabular-nums">{timeText(format, ms)}</span>;
}

/** How long something took, or has taken so far; a dash when it has not begun. */
export function Duration({ from, to }: { from: string | null; to: string | null }) {
  const now = useNow();
  if (from === null) return <span className="text-aside">–</span>;
  return <TimeText ms={(to === null ? now.getTime() : Date.parse(to)) - Date.parse(from)} />;
}
