'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Textarea } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import type { Json } from '../../graphql/graphql.ts';
import type { Problem } from '../../lib/problem.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { AnswerFields, answersOf } from './answer-fields.tsx';
import type { FormField } from './loaders.ts';
import type { Decision } from './use-decision-keys.ts';

/** What somebody says with a decision. */
export interface Said {
  reason: string;
  answers: { [name: string]: Json } | null;
}

interface DecideDialogProps {
  decision: Decision;
  words: { title: string; description: string; submit: string };
  needsReason: boolean;
  /** What the person fills in; null without a form. */
  form: FormField[] | null;
  /** Decides. Gives why not, or null. */
  act: (said: Said) => Promise<Problem | null>;
  onDone?: () => void;
  onClose: () => void;
}

/** Asks once more before a decision, which cannot be taken back, with the reason and the form where there is one. */
export function DecideDialog({ decision, words, needsReason, form, ...calls }: DecideDialogProps) {
  const t = useTranslations('Approval');
  const change = useChange();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const answers = form === null ? null : answersOf(form, typed);
    change.run(
      () => calls.act({ reason: typedIn(typed, 'reason'), answers }),
      () => {
        calls.onDone?.();
        calls.onClose();
      },
    );
  };
  return (
    <Dialog
      isOpen
      onOpenChange={calls.onClose}
      title={words.title}
      description={words.description}
      closeLabel={t('back')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {form === null ? null : <AnswerFields form={form} />}
        <Field
          label={t(needsReason ? 'reasonNeeded' : 'reason')}
          problem={change.words}
          hint={t('reasonHint')}
        >
          {(parts) => <Textarea {...parts} name="reason" maxLength={2000} required={needsReason} />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={calls.onClose}>{t('back')}</Button>
          <Button type="submit" tone={decision === 'APPROVE' ? 'main' : 'danger'} isBusy={change.isBusy}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
