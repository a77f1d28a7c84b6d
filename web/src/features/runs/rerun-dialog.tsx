'use client';

import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { useRouter } from '../../i18n/navigation.ts';
import type { Problem } from '../../lib/problem.ts';
import { previewRerun, rerunFromStep, type RerunPreview } from './actions.ts';
import { RerunSummary } from './rerun-summary.tsx';

/** Runs again from a step, after showing what that repeats. */
export function RerunDialog({ runId, fromStep }: { runId: string; fromStep: string }) {
  const t = useTranslations('Rerun');
  const text = useProblemText();
  const router = useRouter();
  const [preview, setPreview] = useState<RerunPreview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key, setKey] = useState('');
  const [isBusy, start] = useTransition();

  const look = (): void =>
    start(async () => {
      const answer = await previewRerun(runId, fromStep);
      setProblem(answer.problem);
      setPreview(answer.data);
      // One key for this look: pressing twice, or trying again after a broken connection, starts one run only.
      setKey(crypto.randomUUID());
    });
  const rerun = (version: number): void =>
    start(async () => {
      const answer = await rerunFromStep({ runId, fromStep, version, idempotencyKey: key });
      setProblem(answer.problem);
      if (answer.data !== null) {
        setPreview(null);
        router.push(`/runs/${answer.data}`);
      }
    });

  return (
    <>
      <Button isBusy={isBusy && preview === null} onClick={look}>
        <RotateCcw size={15} aria-hidden="true" /> {t('open')}
      </Button>
      {problem !== null && preview === null ? (
        <p role="alert" className="text-13 text-fail">
          {text(problem)}
        </p>
      ) : null}
      {preview === null ? null : (
        <Dialog
          isOpen
          onOpenChange={() => setPreview(null)}
          title={t('title', { path: preview.startsAt })}
          description={t('text')}
          closeLabel={t('close')}
        >
          <RerunSummary preview={preview} />
          {problem === null ? null : (
            <p role="alert" className="mt-3 text-13 text-fail">
              {text(problem)}
            </p>
          )}
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={() => setPreview(null)}>{t('close')}</Button>
            <Button
              tone="main"
              isBusy={isBusy}
              disabled={preview.problems.length > 0}
              onClick={() => rerun(preview.version)}
            >
              {t('start', { count: preview.repeats.length })}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
