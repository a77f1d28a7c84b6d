'use client';

import { useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { cancelBulkRerun } from './bulk-actions.ts';

/** Stops a bulk re-run, after asking. */
export function StopBulk({ id }: { id: string }) {
  const t = useTranslations('RunBulk');
  return (
    <DialogForm
      open={t('stop')}
      title={t('stopTitle')}
      description={t('stopText')}
      submit={t('stop')}
      submitTone="danger"
      act={(form) => cancelBulkRerun(id, typedIn(form, 'reason').trim())}
    >
      {() => (
        <Field label={t('reason')}>{(parts) => <Input {...parts} name="reason" maxLength={500} />}</Field>
      )}
    </DialogForm>
  );
}
