import { getTranslations } from 'next-intl/server';
import { X } from 'lucide-react';
import { Link } from '../../i18n/navigation.ts';
import type { ShownRun, ShownStep } from './loaders.ts';
import { RerunDialog } from './rerun-dialog.tsx';
import { runAddress, type RunView } from './run-address.ts';
import { StepFacts } from './step-facts.tsx';
import { StepRounds } from './step-rounds.tsx';
import { standingOf } from './step-tree.ts';
import { StepValues } from './step-values.tsx';

interface InspectorProps {
  run: ShownRun;
  view: RunView;
  step: ShownStep;
  canRerun: boolean;
}

/** What went into the selected step, what came out, and what can be done from there. */
export async function StepInspector({ run, view, step, canRerun }: InspectorProps) {
  const t = await getTranslations('Inspector');
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
          href={runAddress(run.id, { view })}
          scroll={false}
          aria-label={t('close')}
          className="-m-1 rounded-1 p-1 text-aside hover:bg-ink-2 hover:text-say"
        >
          <X size={18} aria-hidden="true" />
        </Link>
      </div>
      <StepRounds {...{ run, view, step }} />
      <StepFacts step={step} status={standingOf(run.steps, step.path) ?? step.status} />
      <StepValues runId={run.id} path={step.path} />
      {canRerun ? <RerunDialog runId={run.id} fromStep={step.path} /> : null}
    </aside>
  );
}
