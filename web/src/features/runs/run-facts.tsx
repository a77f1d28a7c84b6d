import { getFormatter, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { Duration, TimeText } from './duration.tsx';
import { hasMoreSteps, type AskedPeople, type ShownRun } from './loaders.ts';
import { timeSpent } from './time-spent.ts';

/** Where a run comes from and how far it is, in a line. */
export async function RunFacts({ run, asked }: { run: ShownRun; asked: AskedPeople }) {
  const t = await getTranslations('RunPage');
  const actors = await getTranslations('ActorKinds');
  const format = await getFormatter();
  const { kind, name } = run.startedBy;
  const effects = run.steps.filter((step) => EFFECTS.has(step.kind) && step.status === 'SUCCEEDED').length;
  return (
    <dl className="mb-5 flex flex-wrap gap-x-8 gap-y-3">
      <Fact name={t('started')}>
        <When at={run.startedAt ?? run.createdAt} />
      </Fact>
      <Fact name={t('by')}>{kind === 'person' ? <bdi>{name}</bdi> : actors(kind)}</Fact>
      <Fact name={t('version')}>{run.version === 0 ? t('draft') : run.version}</Fact>
      <Fact name={t('took')}>
        <Duration from={run.startedAt} to={run.finishedAt} />
      </Fact>
      {hasMoreSteps(run) ? null : <TimeFacts {...{ run, asked }} />}
      <Fact name={t('steps')}>{format.number(run.stepCount)}</Fact>
      {hasMoreSteps(run) ? null : <Fact name={t('effects')}>{t('effectsDone', { count: effects })}</Fact>}
      {run.rerunOf === null ? null : (
        <Fact name={t('rerunOf')}>
          <RunLink id={run.rerunOf}>{run.rerunFrom ?? t('earlierRun')}</RunLink>
        </Fact>
      )}
      {run.parentRunId === null ? null : (
        <Fact name={t('calledBy')}>
          <RunLink id={run.parentRunId}>{t('anotherRun')}</RunLink>
        </Fact>
      )}
    </dl>
  );
}

const EFFECTS = new Set(['http', 'postgres', 'email']);

/** Where the time went: working, apart from waiting for people and for all else. */
async function TimeFacts({ run, asked }: { run: ShownRun; asked: AskedPeople }) {
  const t = await getTranslations('RunPage');
  if (run.startedAt === null) return null;
  const to = run.finishedAt === null ? new Date().getTime() : Date.parse(run.finishedAt);
  const spent = timeSpent({ steps: run.steps, asked }, { from: Date.parse(run.startedAt), to });
  return (['worked', 'people', 'other'] as const)
    .filter((part) => part === 'worked' || spent[part] > 0)
    .map((part) => (
      <Fact key={part} name={t(`spent.${part}`)}>
        <TimeText ms={spent[part]} />
      </Fact>
    ));
}

function RunLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link href={`/runs/${id}`} className="text-thread underline underline-offset-4">
      {children}
    </Link>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-aside">{name}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}
