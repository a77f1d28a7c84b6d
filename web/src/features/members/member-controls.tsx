'use client';

import { useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { removeMember, setMemberRoles } from './actions.ts';
import { givableRoles } from './givable-roles.ts';
import type { ListedMember, Role } from './loaders.ts';
import { RoleChoice, rolesOf } from './role-choice.tsx';

/** Changes the roles of a member, or takes the member out. What only an owner can do says so. */
export function MemberControls({ member, own }: { member: ListedMember; own: readonly Role[] }) {
  const t = useTranslations('Members');
  const { person, roles } = member;
  if (roles.includes('owner') && !own.includes('owner'))
    return <span className="text-12 text-aside">{t('ownerUntouchable')}</span>;
  return (
    <div className="flex gap-1 md:justify-end">
      <DialogForm
        open={t('changeRoles')}
        about={person.name}
        openTone="quiet"
        title={t('changeRolesOf', { name: person.name })}
        description={t('changeRolesText')}
        submit={t('saveRoles')}
        fields={['roles']}
        act={(form) => setMemberRoles({ personId: person.id, roles: rolesOf(form) })}
      >
        {(problemOf) => (
          <RoleChoice
            label={t('roles')}
            chosen={roles}
            allowed={givableRoles(own)}
            whyOff={t('ownerOnly')}
            problem={problemOf('roles')}
          />
        )}
      </DialogForm>
      <DialogForm
        open={t('remove')}
        about={person.name}
        openTone="quiet"
        title={t('removeOf', { name: person.name })}
        description={t('removeText')}
        submit={t('removeSubmit')}
        submitTone="danger"
        act={() => removeMember(person.id)}
      />
    </div>
  );
}
