import { getTranslations } from 'next-intl/server';
import { X } from 'lucide-react';
import { JsonView } from '../../components/json-view.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { Duration } from './duration.tsx';
import { loadStepValues, type ShownStep } from './loaders.ts';
import { RerunDialog } from './rerun-dialog.tsx';
import { STEP_TONES } from './run-states.ts';

interface InspectorProps {
  runId: string;
  step: ShownStep;
  canRerun: boolean;
}

/** What went into the selected step, what came out, and what can be done from there. */
export async function StepInspector({ runId, step, canRerun }: InspectorProps) {
  const t = await getTranslations('Inspector');
  const kinds = await getTranslations('StepKinds');
  const states = await getTranslations('StepStatus');
  const values = await loadStepValues(runId, step.path);
  const json = { cut: t('cut') };
  const tabs = [
    ...(values?.error
      ? [{ id: 'error', title: t('error'), content: <StepError error={values.error} /> }]
      : []),
    {
      id: 'output',
      title: t('output'),
      content: <JsonView value={values?.output ?? null} label={t('output')} {...json} />,
    },
    {
      id: 'input',
      title: t('input'),
      content: <JsonView value={values?.input ?? null} label={t('input')} {...json} />,
    },
  ];
  return (
    <aside
      aria-label={t('title', { step: step.stepId })}
      className="flex animate-appear flex-col gap-4 rounded-2 border border-line bg-ink-1 p-4"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-16 font-semibold break-words">{step.stepId}</h2>
          <code className="font-mono text-12 break-all text-aside">{step.path}</code>
        </div>
        <Link
          href={`/runs/${runId}`}
          scroll={false}
          aria-label={t('close')}
          className="-m-1 rounded-1 p-1 text-aside hover:bg-ink-2 hover:text-say"
        >
          <X size={18} aria-hidden="true" />
        </Link>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-13 [&_dt]:text-aside">
        <dt>{t('state')}</dt>
        <dd>
          <StateBadge tone={STEP_TONES[step.status]} word={states(step.status)} isBare />
        </dd>
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
      <Tabs label={t('values')} tabs={tabs} />
      {canRerun ? <RerunDialog runId={runId} fromStep={step.path} /> : null}
    </aside>
  );
}

function StepError({ error }: { error: { code: string; message: string } }) {
  return (
    <div className="rounded-1 border border-fail/50 p-3 text-13">
      <code className="font-mono text-12 text-fail">{error.code}</code>
      <p className="mt-1 break-words">{error.message}</p>
    </div>
  );
}
