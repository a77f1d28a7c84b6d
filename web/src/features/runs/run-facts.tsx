import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { Duration } from './duration.tsx';
import type { ShownRun } from './loaders.ts';

/** Where a run comes from and how far it is, in a line. */
export async function RunFacts({ run }: { run: ShownRun }) {
  const t = await getTranslations('RunPage');
  const actors = await getTranslations('ActorKinds');
  const { kind, name } = run.startedBy;
  const effects = run.steps.filter((step) => EFFECTS.has(step.kind) && step.status === 'SUCCEEDED').length;
  return (
    <dl className="mb-5 flex flex-wrap gap-x-8 gap-y-3">
      <Fact name={t('started')}>
        <When at={run.startedAt ?? run.createdAt} />
      </Fact>
      <Fact name={t('by')}>{kind === 'person' ? <bdi>{name}</bdi> : actors(kind)}</Fact>
      <Fact name={t('version')}>{run.version}</Fact>
      <Fact name={t('took')}>
        <Duration from={run.startedAt} to={run.finishedAt} />
      </Fact>
      <Fact name={t('steps')}>{run.steps.length}</Fact>
      <Fact name={t('effects')}>{t('effectsDone', { count: effects })}</Fact>
      {run.rerunOf === null ? null : (
        <Fact name={t('rerunOf')}>
          <Link href={`/runs/${run.rerunOf}`} className="text-thread underline underline-offset-4">
            {run.rerunFrom ?? t('earlierRun')}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

const EFFECTS = new Set(['http', 'postgres', 'email']);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-aside">{name}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}
