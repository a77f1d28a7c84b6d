import { getTranslations } from 'next-intl/server';
import { classNames } from '../../components/class-names.ts';
import { Link } from '../../i18n/navigation.ts';
import { RUN_VIEWS, runAddress, type RunView } from './run-address.ts';

interface ViewsProps {
  runId: string;
  view: RunView;
  /** The step that is open, which stays open where steps are shown. */
  step: string | undefined;
}

/** The ways to look at a run; which one stands in the address. */
export async function RunViews({ runId, view, step }: ViewsProps) {
  const t = await getTranslations('RunPage');
  return (
    <nav
      aria-label={t('views')}
      className="mb-4 flex gap-1 overflow-x-auto border-b border-line-soft whitespace-nowrap"
    >
      {RUN_VIEWS.map((one) => (
        <Link
          key={one}
          href={runAddress(runId, { view: one, step })}
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
