'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Textarea } from '../../components/input.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import type { Problem } from '../../lib/problem.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { decideApproval } from './actions.ts';
import { answersOf, AnswerFields } from './answer-fields.tsx';
import type { ShownApproval } from './loaders.ts';

interface DecideDialogProps {
  approval: ShownApproval;
  decision: 'APPROVE' | 'DENY';
  onClose: () => void;
}

/** Asks once more before a decision, which cannot be taken back, with the reason and the form where there is one. */
export function DecideDialog({ approval, decision, onClose }: DecideDialogProps) {
  const t = useTranslations('Approval');
  const text = useProblemText();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();
  const isApproval = decision === 'APPROVE';
  const needsReason = approval.class === 'C';
  const form = isApproval ? approval.form : null;

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    start(async () => {
      const refused = await decideApproval({
        ...{ approvalId: approval.id, planHash: approval.planHash, decision },
        reason: typedIn(typed, 'reason'),
        answers: form === null ? null : answersOf(form, typed),
      });
      setProblem(refused);
      if (refused !== null) return;
      toast.success(t(isApproval ? 'youApproved' : 'youDenied'));
      onClose();
    });
  };

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t(isApproval ? 'approveTitle' : 'denyTitle')}
      description={approval.title}
      closeLabel={t('back')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {form === null ? null : <AnswerFields form={form} />}
        <Field
          label={t(needsReason ? 'reasonNeeded' : 'reason')}
          problem={problem && text(problem)}
          hint={t('reasonHint')}
        >
          {(parts) => <Textarea {...parts} name="reason" maxLength={2000} required={needsReason} />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" tone={isApproval ? 'main' : 'danger'} isBusy={isBusy}>
            {t(isApproval ? 'approve' : 'deny')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
