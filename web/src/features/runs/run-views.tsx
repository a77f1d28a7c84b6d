import { getTranslations } from 'next-intl/server';
import { classNames } from '../../components/class-names.ts';
import { Link } from '../../i18n/navigation.ts';

/** What of a run is shown. */
export type RunView = 'steps' | 'events' | 'values';
const VIEWS: RunView[] = ['steps', 'events', 'values'];

/** The ways to look at a run; which one stands in the address. */
export async function RunViews({ runId, view }: { runId: string; view: RunView }) {
  const t = await getTranslations('RunPage');
  return (
    <nav aria-label={t('views')} className="mb-4 flex gap-1 border-b border-line-soft">
      {VIEWS.map((one) => (
        <Link
          key={one}
          href={one === 'steps' ? `/runs/${runId}` : `/runs/${runId}?view=${one}`}
          scroll={false}
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
