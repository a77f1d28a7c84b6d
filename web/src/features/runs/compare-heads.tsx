import { getTranslations } from 'next-intl/server';
import { ArrowLeftRight } from 'lucide-react';
import { buttonLook } from '../../components/button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { compareAddress } from './compare-address.ts';
import type { RunHead } from './compare-loaders.ts';
import { Duration } from './duration.tsx';
import { RUN_TONES } from './run-states.ts';

/** The two runs, with the ways to change sides and to choose another one. */
export async function CompareHeads({ left, right }: { left: RunHead; right: RunHead }) {
  const t = await getTranslations('RunCompare');
  return (
    <div className="mb-5 grid items-center gap-3 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <Head run={left} label={t('sides.left')} another={compareAddress({ right: right.id })} />
      <Link
        href={compareAddress({ left: right.id, right: left.id })}
        aria-label={t('swap')}
        className={buttonLook('quiet', 'px-2')}
      >
        <ArrowLeftRight size={17} aria-hidden="true" className="max-md:rotate-90" />
      </Link>
      <Head run={right} label={t('sides.right')} another={compareAddress({ left: left.id })} />
    </div>
  );
}

async function Head({ run, label, another }: { run: RunHead; label: string; another: string }) {
  const t = await getTranslations('RunCompare');
  const states = await getTranslations('RunStatus');
  const actors = await getTranslations('ActorKinds');
  const { kind, name } = run.startedBy;
  return (
    <section aria-label={label} className="min-w-0 rounded-2 border border-line-soft bg-ink-1 p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h2 className="text-13 text-aside">{label}</h2>
        <Link href={another} className="text-13 text-thread underline underline-offset-4">
          {t('another')}
        </Link>
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link href={`/runs/${run.id}`} className="font-medium hover:underline">
          <bdi>{run.workflow.name}</bdi>
        </Link>
        <StateBadge tone={RUN_TONES[run.status]} word={states(run.status)} isBare />
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 text-13 text-explain">
        <When at={run.startedAt ?? run.createdAt} />
        <Duration from={run.startedAt} to={run.finishedAt} />
        <span>{run.version === 0 ? t('draft') : t('version', { number: run.version })}</span>
        {kind === 'person' ? <bdi>{name}</bdi> : <span>{actors(kind)}</span>}
      </p>
      <code className="mt-1 block truncate font-mono text-12 text-aside" title={run.id}>
        {run.id}
      </code>
    </section>
  );
}
