'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { publishWorkflow } from './actions.ts';

/** Makes the saved draft the next version, after asking once more. */
export function PublishDialog({
  workflowId,
  hash,
  isReady,
}: {
  workflowId: string;
  hash: string;
  isReady: boolean;
}) {
  const t = useTranslations('Workflow');
  const [key, setKey] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const change = useChange();
  const publish = (): void => {
    const words = note.trim() === '' ? null : note.trim();
    const wanted = { workflowId, basedOnHash: hash, note: words, idempotencyKey: key ?? '' };
    change.run(
      () => publishWorkflow(wanted),
      () => {
        setKey(null);
        toast.success(t('published'));
      },
    );
  };
  return (
    <>
      <Button tone="main" disabled={!isReady} onClick={() => setKey(crypto.randomUUID())}>
        {t('publish')}
      </Button>
      <Dialog
        isOpen={key !== null}
        onOpenChange={() => setKey(null)}
        title={t('publishTitle')}
        description={t('publishText')}
        closeLabel={t('back')}
      >
        <form action={publish} className="flex flex-col gap-4">
          <Field label={t('note')} problem={change.words}>
            {(parts) => (
              <Input
                {...parts}
                maxLength={500}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setKey(null)}>{t('back')}</Button>
            <Button type="submit" tone="main" isBusy={change.isBusy}>
              {t('publish')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
