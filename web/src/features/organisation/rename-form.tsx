'use client';

import { useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { renameOrganisation } from './actions.ts';

/** Gives the organisation another name. */
export function RenameForm({ name }: { name: string }) {
  const t = useTranslations('Organisation');
  return (
    <DialogForm
      open={t('rename')}
      title={t('renameTitle')}
      description={t('renameText')}
      submit={t('renameSubmit')}
      fields={['name']}
      act={(form) => renameOrganisation(typedIn(form, 'name'))}
    >
      {(problemOf) => (
        <Field label={t('name')} problem={problemOf('name')}>
          {(parts) => (
            <Input {...parts} name="name" required maxLength={200} defaultValue={name} autoComplete="off" />
          )}
        </Field>
      )}
    </DialogForm>
  );
}
