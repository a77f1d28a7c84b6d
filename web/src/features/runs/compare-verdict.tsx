import { getFormatter, getTranslations } from 'next-intl/server';
import { StateShape } from '../../components/state-shape.tsx';
import { Link } from '../../i18n/navigation.ts';
import { compareAddress, type Compared } from './compare-address.ts';
import type { Comparison } from './compare-loaders.ts';
import { timeText } from './duration.tsx';

/** In a sentence: whether they went the same way, where they parted first, and which took longer. */
export async function CompareVerdict({ comparison, wanted }: { comparison: Comparison; wanted: Compared }) {
  const t = await getTranslations('RunCompare');
  const format = await getFormatter();
  const { same, firstDivergence: first, left, right } = comparison;
  const slower =
    left.durationMs === null || right.durationMs === null ? null : right.durationMs - left.durationMs;
  return (
    <section
      aria-label={t('verdict')}
      className={`mb-5 rounded-2 border bg-ink-1 p-4 ${same ? 'border-ok/50' : 'border-wait/50'}`}
    >
      <h2 className="flex items-center gap-2 font-semibold">
        <span className={same ? 'text-ok' : 'text-wait'}>
          <StateShape tone={same ? 'ok' : 'fail'} />
        </span>
        {first === null ? t('same') : t(`first.${first.what}`)}
      </h2>
      {first === null ? null : (
        <p className="mt-1 text-13 text-explain">
          {t('at')}{' '}
          <Link
            href={compareAddress({ ...wanted, step: first.path })}
            className="text-thread underline underline-offset-4"
          >
            <code className="font-mono text-12 break-all">{first.path}</code>
          </Link>
        </p>
      )}
      {slower === null ? null : (
        <p className="mt-1 text-13 text-explain">
          {slower === 0
            ? t('sameTime')
            : t(slower > 0 ? 'secondSlower' : 'firstSlower', { time: timeText(format, Math.abs(slower)) })}
        </p>
      )}
    </section>
  );
}
