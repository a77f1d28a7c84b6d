'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import type { Problem } from '../../lib/problem.ts';
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
  const text = useProblemText();
  const [key, setKey] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();
  const publish = (): void =>
    start(async () => {
      const words = note.trim() === '' ? null : note.trim();
      const refused = await publishWorkflow({
        ...{ workflowId, basedOnHash: hash, note: words, idempotencyKey: key ?? '' },
      });
      setProblem(refused);
      if (refused !== null) return;
      setKey(null);
      toast.success(t('published'));
    });
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
          <Field label={t('note')} problem={problem && text(problem)}>
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
            <Button type="submit" tone="main" isBusy={isBusy}>
              {t('publish')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
