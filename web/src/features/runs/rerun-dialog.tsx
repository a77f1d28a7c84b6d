'use client';

import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useChange } from '../../components/use-change.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { previewRerun, rerunFromStep, type RerunPreview } from './actions.ts';
import { RerunSummary } from './rerun-summary.tsx';

/** Runs again from a step, after showing what that repeats. */
export function RerunDialog({ runId, fromStep }: { runId: string; fromStep: string }) {
  const t = useTranslations('Rerun');
  const router = useRouter();
  const [preview, setPreview] = useState<RerunPreview | null>(null);
  const [key, setKey] = useState('');
  const looking = useChange();
  const starting = useChange();

  const look = (): void =>
    looking.run(async () => {
      const { data, problem } = await previewRerun(runId, fromStep);
      starting.forget();
      setPreview(data);
      // One key for this look: pressing twice, or trying again after a broken connection, starts one run only.
      setKey(crypto.randomUUID());
      return problem;
    });
  const rerun = (version: number): void =>
    starting.run(async () => {
      const { data, problem } = await rerunFromStep({ runId, fromStep, version, idempotencyKey: key });
      if (data !== null) {
        setPreview(null);
        router.push(`/runs/${data}`);
      }
      return problem;
    });

  return (
    <>
      <Button isBusy={looking.isBusy} onClick={look}>
        <RotateCcw size={15} aria-hidden="true" /> {t('open')}
      </Button>
      {looking.words !== null && preview === null ? (
        <p role="alert" className="text-13 text-fail">
          {looking.words}
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
          {starting.words === null ? null : (
            <p role="alert" className="mt-3 text-13 text-fail">
              {starting.words}
            </p>
          )}
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={() => setPreview(null)}>{t('close')}</Button>
            <Button
              tone="main"
              isBusy={starting.isBusy}
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
