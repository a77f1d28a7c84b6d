'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useRef } from 'react';
import { classNames } from '../../components/class-names.ts';
import { FlowGraph, StepCard } from '../../components/flow-graph.tsx';
import { flowOutline, type OutlineStep } from '../../components/flow-outline.ts';
import { StateShape } from '../../components/state-shape.tsx';
import type { Json } from '../../graphql/graphql.ts';
import { Link } from '../../i18n/navigation.ts';
import { graphStates, type GraphState } from './graph-states.ts';
import type { ShownStep } from './loaders.ts';
import { runAddress } from './run-address.ts';
import { STEP_TONES, TONE_EDGES, TONE_TEXTS } from './run-states.ts';
import { useStepKeys } from './use-step-keys.ts';

interface RunGraphProps {
  runId: string;
  definition: Json;
  steps: ShownStep[];
  /** The path of the step that is open in the inspector. */
  selected: string | null;
  isOver: boolean;
}

/** What the run runs, each step with how it stands; choosing one opens it. */
export function RunGraph({ runId, definition, steps, selected, isOver }: RunGraphProps) {
  const t = useTranslations('RunGraph');
  const area = useRef<HTMLDivElement>(null);
  const outline = useMemo(() => flowOutline(definition), [definition]);
  const states = useMemo(() => graphStates(steps, selected), [steps, selected]);
  useStepKeys(area, { closed: selected === null ? null : runAddress(runId, { view: 'graph' }) });
  return (
    <div
      ref={area}
      role="region"
      aria-label={t('title')}
      tabIndex={0}
      className="overflow-x-auto rounded-3 border border-line-soft bg-ink-1 p-4"
    >
      {outline.length === 0 ? (
        <p className="text-explain">{t('none')}</p>
      ) : (
        <FlowGraph
          steps={outline}
          card={(step) => (
            <RunCard {...{ runId, step, selected }} state={states.get(step.id)} isOver={isOver} />
          )}
        />
      )}
    </div>
  );
}

interface RunCardProps extends Pick<RunGraphProps, 'runId' | 'selected' | 'isOver'> {
  step: OutlineStep;
  state: GraphState | undefined;
}

function RunCard({ runId, step, selected, isOver, state }: RunCardProps) {
  const t = useTranslations('RunGraph');
  if (state === undefined)
    return (
      <StepCard step={step} edge="border-line border-dashed">
        <span className="flex items-center gap-1.5 text-idle">
          <StateShape tone="idle" size={8} /> {t(isOver ? 'notReached' : 'notYet')}
        </span>
      </StepCard>
    );
  const isChosen = state.path === selected;
  return (
    <Link
      href={runAddress(runId, { view: 'graph', step: state.path })}
      scroll={false}
      data-step={state.path}
      aria-current={isChosen ? 'true' : undefined}
      className="w-60 max-w-full rounded-2 hover:brightness-110"
    >
      <StepCard
        step={step}
        isChosen={isChosen}
        edge={isChosen ? 'border-thread' : TONE_EDGES[STEP_TONES[state.status]]}
      >
        <States counts={state.counts} />
      </StepCard>
    </Link>
  );
}

/** How a step stands; in a loop how often it came to which state. */
function States({ counts }: Pick<GraphState, 'counts'>) {
  const words = useTranslations('StepStatus');
  const isMany = counts.length > 1 || (counts[0]?.count ?? 0) > 1;
  return (
    <span className="flex flex-wrap gap-x-2.5">
      {counts.map(({ status, count }) => (
        <span
          key={status}
          className={classNames('inline-flex items-center gap-1.5', TONE_TEXTS[STEP_TONES[status]])}
        >
          <StateShape tone={STEP_TONES[status]} size={8} />
          {isMany ? <span className="tabular-nums">{count}</span> : null}
          {words(status)}
        </span>
      ))}
    </span>
  );
}
