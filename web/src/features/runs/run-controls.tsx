'use client';

import { Pause, Play, Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { cancelRun, pauseRun, resumeRun } from './actions.ts';
import type { RunStatus } from './run-states.ts';

/** What can be done with a run that is under way. */
export function RunControls({
  runId,
  status,
  isEnding,
}: {
  runId: string;
  status: RunStatus;
  isEnding: boolean;
}) {
  const t = useTranslations('RunControls');
  const { isBusy, words, run } = useChange();
  return (
    <>
      {words === null ? null : (
        <p role="alert" className="text-13 text-fail">
          {words}
        </p>
      )}
      {status === 'PAUSED' ? (
        <Button isBusy={isBusy} onClick={() => run(() => resumeRun(runId))}>
          <Play size={15} aria-hidden="true" /> {t('resume')}
        </Button>
      ) : (
        <Button isBusy={isBusy} onClick={() => run(() => pauseRun(runId))}>
          <Pause size={15} aria-hidden="true" /> {t('pause')}
        </Button>
      )}
      <CancelDialog runId={runId} isEnding={isEnding} />
    </>
  );
}

function CancelDialog({ runId, isEnding }: { runId: string; isEnding: boolean }) {
  const t = useTranslations('RunControls');
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { isBusy, words, run } = useChange();
  const cancel = (): void =>
    run(
      () => cancelRun(runId, reason.trim()),
      () => setOpen(false),
    );
  return (
    <>
      <Button disabled={isEnding} onClick={() => setOpen(true)}>
        <Square size={14} aria-hidden="true" /> {t(isEnding ? 'cancelling' : 'cancel')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('cancelTitle')}
        description={t('cancelText')}
        closeLabel={t('keep')}
      >
        <form action={cancel} className="flex flex-col gap-4">
          <Field label={t('reason')} problem={words}>
            {(parts) => (
              <Input
                {...parts}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>{t('keep')}</Button>
            <Button type="submit" tone="danger" isBusy={isBusy}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
