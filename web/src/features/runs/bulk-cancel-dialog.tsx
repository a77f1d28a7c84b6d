'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { makeChange } from '../../components/use-change.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { API_AWAY } from '../../lib/problem.ts';
import { cancelOneOfMany } from './actions.ts';
import { BulkCancelList, type Outcome } from './bulk-cancel-list.tsx';
import type { RunRow } from './run-row.ts';

interface DialogProps {
  runs: readonly RunRow[];
  onClose: (isDone: boolean) => void;
}

/** Cancels several runs one after another, after asking, and tells what became of each. */
export function BulkCancelDialog({ runs, onClose }: DialogProps) {
  const t = useTranslations('RunBulk');
  const router = useRouter();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome> | null>(null);
  const [reason, setReason] = useState('');
  const isDone = outcomes?.size === runs.length;
  const isBusy = outcomes !== null && !isDone;
  const cancel = async (): Promise<void> => {
    const known = new Map<string, Outcome>();
    setOutcomes(new Map());
    for (const { id } of runs) {
      const cancelOne = () => cancelOneOfMany(id, reason.trim());
      known.set(id, { problem: await makeChange(cancelOne).catch(() => API_AWAY) });
      setOutcomes(new Map(known));
    }
    router.refresh();
  };
  const close = (): void => {
    if (!isBusy) onClose(isDone);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={t('cancelTitle', { count: runs.length })}
      description={t('cancelText')}
      closeLabel={t('close')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void cancel();
        }}
        className="flex flex-col gap-4"
      >
        <BulkCancelList runs={runs} outcomes={outcomes} />
        {outcomes === null ? (
          <Field label={t('reason')}>
            {(parts) => (
              <Input
                {...parts}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        <div className="flex justify-end gap-2">
          {isDone ? (
            <Button onClick={close}>{t('done')}</Button>
          ) : (
            <>
              <Button tone="quiet" disabled={isBusy} onClick={close}>
                {t('keep')}
              </Button>
              <Button type="submit" tone="danger" isBusy={isBusy}>
                {t('cancelSubmit', { count: runs.length })}
              </Button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  );
}
