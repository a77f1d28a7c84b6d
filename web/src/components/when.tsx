import { useFormatter, useNow } from 'next-intl';

const DAY = 24 * 60 * 60 * 1_000;

/** A moment as people say it: the time alone today, the date further off; exactly when pointed at. */
export function When({ at }: { at: string }) {
  const format = useFormatter();
  const now = useNow();
  const time = new Date(at);
  const day = { day: 'numeric', month: 'short' } as const;
  const clock = { hour: 'numeric', minute: '2-digit' } as const;
  const isToday =
    format.dateTime(time, { dateStyle: 'short' }) === format.dateTime(now, { dateStyle: 'short' });
  const isFar = Math.abs(now.getTime() - time.getTime()) > 300 * DAY;
  return (
    <time
      dateTime={at}
      title={format.dateTime(time, { dateStyle: 'full', timeStyle: 'long' })}
      className="whitespace-nowrap tabular-nums"
    >
      {isToday
        ? format.dateTime(time, clock)
        : format.dateTime(time, isFar ? { ...day, year: 'numeric' } : { ...day, ...clock })}
    </time>
  );
}
