import { getTranslations } from 'next-intl/server';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Input } from '../../components/input.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { hasOwnDays, PERIODS, type WantedPeriod } from './analytics-period.ts';

const PLACE = '/approvals/analytics';

/** The time that the figures are about. It stands in the address, so that it can be kept and shared. */
export async function PeriodChoice({ wanted }: { wanted: WantedPeriod }) {
  const t = await getTranslations('ApprovalAnalytics');
  const isOwn = hasOwnDays(wanted);
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <nav aria-label={t('period')} className="flex flex-wrap gap-1">
        {PERIODS.map((weeks) => {
          const isHere = !isOwn && wanted.weeks === weeks;
          return (
            <Link
              key={weeks}
              href={withQuery(PLACE, { weeks })}
              aria-current={isHere ? 'true' : undefined}
              className={classNames(
                'rounded-1 border px-2.5 py-1 text-13',
                isHere ? 'border-line bg-ink-3 text-say' : 'border-transparent text-explain hover:bg-ink-2',
              )}
            >
              {t('lastWeeks', { count: Number(weeks) })}
            </Link>
          );
        })}
      </nav>
      <form method="get" className="flex flex-wrap items-end gap-2">
        {(['from', 'until'] as const).map((name) => (
          <label key={name} className="flex flex-col gap-1 text-12 text-aside">
            {t(name)}
            <Input
              type="date"
              name={name}
              required
              defaultValue={isOwn ? wanted[name] : undefined}
              className="w-auto"
            />
          </label>
        ))}
        <Button type="submit">{t('show')}</Button>
      </form>
    </div>
  );
}
