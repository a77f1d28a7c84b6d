'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/button.tsx';
import { DefinitionChanges } from '../../components/definition-changes.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { changesOfDraft, publishWorkflow, type DraftChange } from './actions.ts';

interface PublishProps {
  workflowId: string;
  /** The newest version; null before the first. */
  version: number | null;
  /** Of the draft that is published: a newer one is refused. */
  hash: string;
  isReady: boolean;
}

/** What a look at the draft gave: what is different in it (null before the first version), and the key to publish it with. */
interface Look {
  changes: DraftChange[] | null;
  key: string;
}

/** Makes the saved draft the next version, after showing what is different in it. */
export function PublishDialog({ workflowId, version, hash, isReady }: PublishProps) {
  const t = useTranslations('Workflow');
  const [look, setLook] = useState<Look | null>(null);
  const looking = useChange();
  const close = (): void => setLook(null);
  const open = (): void =>
    looking.run(async () => {
      const { data, problem } =
        version === null ? { data: null, problem: null } : await changesOfDraft(workflowId, version);
      if (problem === null) setLook({ changes: data, key: crypto.randomUUID() });
      return problem;
    });
  return (
    <>
      {looking.words === null ? null : (
        <span role="alert" className="text-13 text-fail">
          {looking.words}
        </span>
      )}
      <Button tone="main" isBusy={looking.isBusy} disabled={!isReady} onClick={open}>
        {t('publish')}
      </Button>
      <Dialog
        isOpen={look !== null}
        onOpenChange={close}
        title={t('publishTitle')}
        description={t('publishText')}
        closeLabel={t('back')}
      >
        {look === null ? null : <PublishForm {...{ workflowId, version, hash, look, close }} />}
      </Dialog>
    </>
  );
}

interface FormProps extends Omit<PublishProps, 'isReady'> {
  look: Look;
  close: () => void;
}

function PublishForm({ workflowId, version, hash, look, close }: FormProps) {
  const t = useTranslations('Workflow');
  const [note, setNote] = useState('');
  const change = useChange();
  const publish = (): void => {
    const words = note.trim() === '' ? null : note.trim();
    const wanted = { workflowId, basedOnHash: hash, note: words, idempotencyKey: look.key };
    change.run(
      () => publishWorkflow(wanted),
      () => {
        close();
        toast.success(t('published'));
      },
    );
  };
  return (
    <form action={publish} className="flex flex-col gap-4">
      {look.changes === null || version === null ? null : (
        <Changes changes={look.changes} version={version} />
      )}
      <Field label={t('note')} problem={change.words}>
        {(parts) => (
          <Input {...parts} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t('back')}</Button>
        <Button type="submit" tone="main" isBusy={change.isBusy} disabled={look.changes?.length === 0}>
          {t('publish')}
        </Button>
      </div>
    </form>
  );
}

function Changes({ changes, version }: { changes: DraftChange[]; version: number }) {
  const t = useTranslations('Workflow');
  if (changes.length === 0)
    return <p className="text-13 text-explain">{t('publishNothing', { number: version })}</p>;
  return (
    <section aria-labelledby="publish-changes">
      <h3 id="publish-changes" className="text-13 font-medium">
        {t('publishDiff', { number: version })}
      </h3>
      <DefinitionChanges changes={changes} />
    </section>
  );
}
