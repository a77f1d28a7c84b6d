import { useTranslations } from 'next-intl';
import { StateShape } from '../../components/state-shape.tsx';

interface ProgressProps {
  started: number;
  refused: number;
  pending: number;
}

/** How far a bulk re-run is: a bar, and its parts in words. */
export function BulkProgress(counts: ProgressProps) {
  const t = useTranslations('RunBulk');
  const all = counts.started + counts.refused + counts.pending;
  const done = counts.started + counts.refused;
  const width = (count: number) => ({ width: `${all === 0 ? 0 : (count / all) * 100}%` });
  return (
    <div className="mb-6">
      <div
        role="progressbar"
        aria-label={t('progressTitle')}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={done}
        aria-valuetext={t('progress', { count: done, all })}
        className="flex h-2 overflow-hidden rounded-full bg-ink-3"
      >
        <span className="bg-ok transition-[width]" style={width(counts.started)} />
        <span className="bg-fail transition-[width]" style={width(counts.refused)} />
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-13 tabular-nums">
        {(
          [
            ['started', 'ok', 'text-ok'],
            ['refused', 'fail', 'text-fail'],
            ['pending', 'wait', 'text-wait'],
          ] as const
        ).map(([name, tone, colour]) => (
          <li key={name} className={`flex items-center gap-1.5 ${colour}`}>
            <StateShape tone={tone} />
            {t(`counts.${name}`, { count: counts[name] })}
          </li>
        ))}
      </ul>
    </div>
  );
}
