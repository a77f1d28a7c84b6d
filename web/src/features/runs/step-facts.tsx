import { getTranslations } from 'next-intl/server';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { Duration } from './duration.tsx';
import type { ShownStep } from './loaders.ts';
import { STEP_TONES, type StepStatus } from './run-states.ts';
import { waitWords } from './wait-words.ts';

/** How a step stands, since when, and what it waits for. */
export async function StepFacts({ step, status }: { step: ShownStep; status: StepStatus }) {
  const t = await getTranslations('Inspector');
  const kinds = await getTranslations('StepKinds');
  const states = await getTranslations('StepStatus');
  const wait = step.waitingFor === null ? null : waitWords(step.waitingFor);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-13 [&_dt]:text-aside">
      <dt>{t('state')}</dt>
      <dd>
        <StateBadge tone={STEP_TONES[status]} word={states(status)} isBare />
      </dd>
      {wait === null ? null : (
        <>
          <dt>{t('waitsFor')}</dt>
          <dd className="break-words">{t(`waits.${wait.kind}`, { name: wait.name })}</dd>
        </>
      )}
      {step.until === null ? null : (
        <>
          <dt>{t('until')}</dt>
          <dd>
            <When at={step.until} />
          </dd>
        </>
      )}
      <dt>{t('kind')}</dt>
      <dd>{kinds(step.kind)}</dd>
      <dt>{t('began')}</dt>
      <dd>{step.startedAt === null ? '–' : <When at={step.startedAt} />}</dd>
      <dt>{t('took')}</dt>
      <dd>
        <Duration from={step.startedAt} to={step.finishedAt} />
      </dd>
      {step.attempt > 1 ? (
        <>
          <dt>{t('attempt')}</dt>
          <dd className="tabular-nums">{step.attempt}</dd>
        </>
      ) : null}
      {step.reusedFrom === null ? null : (
        <>
          <dt>{t('reused')}</dt>
          <dd>
            <Link href={`/runs/${step.reusedFrom}`} className="text-thread underline underline-offset-4">
              {t('reusedFrom')}
            </Link>
          </dd>
        </>
      )}
    </dl>
  );
}
