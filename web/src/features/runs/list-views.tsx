import { getTranslations } from 'next-intl/server';
import { classNames } from '../../components/class-names.ts';
import { Link } from '../../i18n/navigation.ts';

const VIEWS = { runs: '/runs', failures: '/runs/failures' } as const;

/** The ways to look at runs: one by one, or by the reasons for which they failed. */
export async function ListViews({ view }: { view: keyof typeof VIEWS }) {
  const t = await getTranslations('Runs');
  return (
    <nav aria-label={t('views')} className="mb-4 flex gap-1 border-b border-line-soft">
      {(['runs', 'failures'] as const).map((one) => (
        <Link
          key={one}
          href={VIEWS[one]}
          aria-current={one === view ? 'page' : undefined}
          className={classNames(
            '-mb-px border-b-2 px-2.5 py-1.5 text-13',
            one === view ? 'border-thread text-say' : 'border-transparent text-explain hover:text-say',
          )}
        >
          {t(`view.${one}`)}
        </Link>
      ))}
    </nav>
  );
}
