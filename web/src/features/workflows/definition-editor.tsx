'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/button.tsx';
import { FlowGraph, StepCard } from '../../components/flow-graph.tsx';
import { flowOutline } from '../../components/flow-outline.ts';
import { Textarea } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { saveDraft, validateDefinition } from './actions.ts';
import { IssueList } from './issue-list.tsx';
import type { ShownWorkflow } from './loaders.ts';
import { parseDefinition } from './parse-definition.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { useEdited } from './use-edited.ts';

interface EditorProps {
  workflow: ShownWorkflow;
  canWrite: boolean;
  canPublish: boolean;
}

/** Milliseconds without a key pressed before the definition is checked. */
const CHECK_AFTER = 600;

/**
 * The definition as JSON, its problems, and its steps as a graph. Nothing is saved before one says so; what is not
 * saved yet is kept in this tab.
 */
export function DefinitionEditor({ workflow, canWrite, canPublish }: EditorProps) {
  const t = useTranslations('Workflow');
  const errors = useTranslations('Errors');
  const { text, base, isBack, edit, settle } = useEdited(workflow);
  const change = useChange();
  const parsed = useMemo(() => parseDefinition(text), [text]);
  const { issues, isChecking } = useIssues(text, base.text === text ? workflow.draft.issues : null);
  const isChanged = text !== base.text;
  useAskedBefore(isChanged);

  const save = (): void => {
    if (parsed.fault !== null) return;
    const wanted = { workflowId: workflow.id, definition: parsed.definition, basedOnHash: base.hash };
    change.run(async () => {
      const { data, problem } = await saveDraft(wanted);
      if (data === null) return problem;
      settle({ text, hash: data });
      toast.success(t('saved'));
      return null;
    });
  };

  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <section aria-labelledby="definition" className="flex min-w-0 flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id="definition" className="font-semibold">
            {t('definition')}
          </h2>
          <span className="flex items-center gap-2">
            <span className="text-12 text-aside" aria-live="polite">
              {t(isChanged ? 'changed' : 'unchanged')}
            </span>
            {canWrite ? (
              <Button isBusy={change.isBusy} disabled={!isChanged || parsed.fault !== null} onClick={save}>
                {t('save')}
              </Button>
            ) : null}
            {canPublish ? (
              <PublishDialog
                workflowId={workflow.id}
                version={workflow.version}
                hash={base.hash}
                isReady={!isChanged && issues.length === 0}
              />
            ) : null}
          </span>
        </div>
        <Textarea
          aria-label={t('definition')}
          value={text}
          readOnly={!canWrite}
          spellCheck={false}
          dir="ltr"
          onChange={(event) => edit(event.target.value)}
          className="h-[60dvh] font-mono text-12 leading-5"
        />
        {isBack ? (
          <p role="status" className="text-13 text-explain">
            {errors('draftBack')}
          </p>
        ) : null}
        {change.problem === null ? null : (
          <p role="alert" className="text-13 text-fail">
            {change.problem.code === 'CONFLICT' ? t('conflict') : change.words}
          </p>
        )}
        {parsed.fault === null ? (
          <IssueList issues={issues} isChecking={isChecking} />
        ) : (
          <p role="alert" className="text-13 text-fail">
            {t('notJson', parsed.fault)}
          </p>
        )}
      </section>
      <Graph definition={parsed.definition} faulty={issues.flatMap(({ stepId }) => stepId ?? [])} />
    </div>
  );
}

function Graph({ definition, faulty }: { definition: Parameters<typeof flowOutline>[0]; faulty: string[] }) {
  const t = useTranslations('Workflow');
  const outline = useDeferredValue(useMemo(() => flowOutline(definition), [definition]));
  return (
    <section aria-labelledby="graph" className="min-w-0">
      <h2 id="graph" className="mb-3 flex min-h-8 items-center font-semibold">
        {t('graph')}
      </h2>
      <div
        tabIndex={0}
        role="region"
        aria-labelledby="graph"
        className="max-h-[80dvh] overflow-auto rounded-3 border border-line-soft bg-ink-1 p-4"
      >
        {outline.length === 0 ? (
          <p className="text-explain">{t('noSteps')}</p>
        ) : (
          <FlowGraph
            steps={outline}
            card={(step) =>
              faulty.includes(step.id) ? (
                <StepCard step={step} edge="border-fail">
                  <span className="text-fail"> · {t('hasProblem')}</span>
                </StepCard>
              ) : (
                <StepCard step={step} />
              )
            }
          />
        )}
      </div>
    </section>
  );
}

/** The problems of the text, asked for when nobody has typed for a moment. */
function useIssues(text: string, known: ShownWorkflow['draft']['issues'] | null) {
  const [found, setFound] = useState<{ text: string; issues: ShownWorkflow['draft']['issues'] } | null>(null);
  useEffect(() => {
    const { definition, fault } = parseDefinition(text);
    if (known !== null || fault !== null) return undefined;
    let isOld = false;
    const timer = setTimeout(() => {
      void validateDefinition(definition).then(({ data }) => {
        if (!isOld && data !== null) setFound({ text, issues: data });
      });
    }, CHECK_AFTER);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text, known]);
  return { issues: known ?? found?.issues ?? [], isChecking: known === null && found?.text !== text };
}

/** Asks before a page with unsaved work is left. */
function useAskedBefore(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);
}
