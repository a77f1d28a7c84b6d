import { getFormatter, getTranslations } from 'next-intl/server';
import { StateBadge } from '../../components/state-badge.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { Link } from '../../i18n/navigation.ts';
import { compareAddress, type Compared, type SIDES } from './compare-address.ts';
import type { ComparedStep } from './compare-loaders.ts';
import { TimeText, timeText } from './duration.tsx';
import { STEP_TONES } from './run-states.ts';

/** The steps of both runs, those that went different ways or all; choosing one shows its values. */
export async function CompareSteps({ steps, wanted }: { steps: ComparedStep[]; wanted: Compared }) {
  const t = await getTranslations('RunCompare');
  const different = steps.filter(({ same }) => !same);
  const showsAll = wanted.all === 'yes' || different.length === 0;
  const shown = showsAll ? steps : different;
  return (
    <section aria-labelledby="compared-steps">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="compared-steps" className="font-semibold">
          {showsAll
            ? t('allSteps', { count: steps.length })
            : t('differentSteps', { count: different.length })}
        </h2>
        {different.length === 0 || different.length === steps.length ? null : (
          <Link
            href={compareAddress({ ...wanted, all: showsAll ? undefined : 'yes' })}
            scroll={false}
            className="text-13 text-thread underline underline-offset-4"
          >
            {t(showsAll ? 'showDifferent' : 'showAll')}
          </Link>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="rounded-2 hatched p-6 text-center text-explain">{t('noSteps')}</p>
      ) : (
        <StackTable
          label={t('steps')}
          head={[t('step'), t('different'), t('sides.left'), t('sides.right'), t('timeHead')]}
          rows={shown.map((step) => ({
            key: step.path,
            cells: [
              <Link
                key="step"
                href={compareAddress({ ...wanted, step: step.path })}
                scroll={false}
                aria-current={step.path === wanted.step ? 'true' : undefined}
                className="font-mono text-12 break-all hover:underline aria-[current]:text-thread"
              >
                {step.path}
              </Link>,
              <Differs key="differs" step={step} />,
              <Side key="one" side={step.left} />,
              <Side key="other" side={step.right} />,
              <Slower key="time" ms={step.slowerByMs} />,
            ],
          }))}
        />
      )}
    </section>
  );
}

async function Differs({ step: { same, differs } }: { step: ComparedStep }) {
  const t = await getTranslations('RunCompare');
  return (
    <span className={`inline-flex items-center gap-1.5 ${same ? 'text-aside' : 'text-wait'}`}>
      <StateShape tone={same ? 'ok' : 'fail'} size={8} />
      {same ? t('equal') : differs.map((kind) => t(`kinds.${kind}`)).join(', ')}
    </span>
  );
}

async function Side({ side }: { side: ComparedStep[(typeof SIDES)[number]] }) {
  const t = await getTranslations('RunCompare');
  const states = await getTranslations('StepStatus');
  if (side === null) return <span className="text-aside">{t('missing')}</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      <StateBadge tone={STEP_TONES[side.status]} word={states(side.status)} isBare />
      <span className="text-12 text-explain">
        {side.reused ? t('reused') : side.durationMs === null ? '–' : <TimeText ms={side.durationMs} />}
        {side.attempt > 1 ? ` · ${t('attempts', { count: side.attempt })}` : ''}
      </span>
    </span>
  );
}

async function Slower({ ms }: { ms: number | null }) {
  const t = await getTranslations('RunCompare');
  if (ms === null) return <span className="text-aside">–</span>;
  if (ms === 0) return <span className="text-explain">{t('sameLong')}</span>;
  const time = timeText(await getFormatter(), Math.abs(ms));
  return <span className="text-explain">{t(ms > 0 ? 'slower' : 'faster', { time })}</span>;
}
