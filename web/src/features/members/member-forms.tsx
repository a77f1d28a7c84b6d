'use client';

import { UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Input } from '../../components/input.tsx';
import { RoleChoice } from '../../components/role-choice.tsx';
import { rolesTicked } from '../../lib/roles.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { inviteMember, removeMember, setRoles } from './actions.ts';
import type { ShownMember } from './loaders.ts';

/** Takes a new person in. */
export function InviteForm() {
  const t = useTranslations('Members');
  return (
    <FormDialog
      opener={
        <>
          <UserPlus size={16} aria-hidden="true" /> {t('invite')}
        </>
      }
      tone="main"
      title={t('inviteTitle')}
      text={t('inviteText')}
      verb={t('invite')}
      done={t('invited')}
      action={(form, idempotencyKey) =>
        inviteMember({
          ...{ email: typedIn(form, 'email'), name: typedIn(form, 'name') },
          ...{ roles: rolesTicked(form), idempotencyKey },
        })
      }
    >
      <Field label={t('email')}>
        {(parts) => <Input {...parts} type="email" name="email" required maxLength={254} />}
      </Field>
      <Field label={t('name')}>{(parts) => <Input {...parts} name="name" required maxLength={200} />}</Field>
      <RoleChoice chosen={['viewer']} />
    </FormDialog>
  );
}

/** Changes the roles of a member, or lets them go. */
export function MemberActions({ member: { person, roles } }: { member: ShownMember }) {
  const t = useTranslations('Members');
  return (
    <span className="flex justify-end gap-2">
      <FormDialog
        opener={t('changeRoles')}
        openerLabel={t('changeRolesOf', { name: person.name })}
        title={t('changeRolesOf', { name: person.name })}
        verb={t('save')}
        done={t('rolesChanged')}
        action={(form) => setRoles(person.id, rolesTicked(form))}
      >
        <RoleChoice chosen={roles} />
      </FormDialog>
      <ConfirmButton
        tone="quiet"
        label={t('removeOf', { name: person.name })}
        title={t('removeTitle', { name: person.name })}
        text={t('removeText')}
        verb={t('remove')}
        action={() => removeMember(person.id)}
      >
        {t('remove')}
      </ConfirmButton>
    </span>
  );
}
