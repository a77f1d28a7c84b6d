'use client';

import { UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { inviteMember } from './actions.ts';
import { givableRoles } from './givable-roles.ts';
import type { Role } from './loaders.ts';
import { RoleChoice, rolesOf } from './role-choice.tsx';

/** Takes a person into the organisation. */
export function InviteMember({ own }: { own: readonly Role[] }) {
  const t = useTranslations('Members');
  const act = (form: FormData, idempotencyKey: string) =>
    inviteMember({
      idempotencyKey,
      email: typedIn(form, 'email'),
      name: typedIn(form, 'name'),
      roles: rolesOf(form),
    });
  return (
    <DialogForm
      open={
        <>
          <UserPlus size={15} aria-hidden="true" /> {t('invite')}
        </>
      }
      openTone="main"
      title={t('inviteTitle')}
      description={t('inviteText')}
      submit={t('inviteSubmit')}
      fields={['email', 'name', 'roles']}
      act={act}
    >
      {(problemOf) => (
        <>
          <Field label={t('email')} problem={problemOf('email')}>
            {(parts) => (
              <Input {...parts} type="email" name="email" autoComplete="off" required maxLength={320} />
            )}
          </Field>
          <Field label={t('name')} hint={t('nameHint')} problem={problemOf('name')}>
            {(parts) => <Input {...parts} name="name" autoComplete="off" required maxLength={200} />}
          </Field>
          <RoleChoice
            label={t('roles')}
            chosen={['viewer']}
            allowed={givableRoles(own)}
            whyOff={t('ownerOnly')}
            problem={problemOf('roles')}
          />
        </>
      )}
    </DialogForm>
  );
}
