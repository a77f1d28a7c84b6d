import { getTranslations } from 'next-intl/server';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { buttonLook } from '../../components/button.tsx';
import { Link } from '../../i18n/navigation.ts';
import type { ShownRun, ShownStep } from './loaders.ts';
import { runAddress, type RunView } from './run-address.ts';

/** The way to the same step in the rounds before and after, where it stands in a loop. */
export async function StepRounds({ run, view, step }: { run: ShownRun; view: RunView; step: ShownStep }) {
  const t = await getTranslations('Inspector');
  const rounds = run.steps
    .filter(({ stepId }) => stepId === step.stepId)
    .map(({ path }) => path)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const at = rounds.indexOf(step.path);
  if (rounds.length < 2 || at === -1) return null;
  const ways = [
    { path: rounds[at - 1], label: t('roundBefore'), icon: <ChevronLeft size={15} aria-hidden="true" /> },
    { path: rounds[at + 1], label: t('roundAfter'), icon: <ChevronRight size={15} aria-hidden="true" /> },
  ];
  return (
    <nav aria-label={t('rounds')} className="flex items-center justify-between gap-2 text-13">
      <span className="tabular-nums text-explain">
        {t('roundOf', { number: at + 1, count: rounds.length })}
      </span>
      <span className="flex gap-1">
        {ways.map(({ path, label, icon }) =>
          path === undefined ? null : (
            <Link
              key={label}
              href={runAddress(run.id, { view, step: path })}
              scroll={false}
              aria-label={label}
              className={buttonLook('plain', 'px-2 rtl:-scale-x-100')}
            >
              {icon}
            </Link>
          ),
        )}
      </span>
    </nav>
  );
}
