import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { ROLES } from '../../workflows/tenancy/model.ts';
import { textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { emailField, ensurePerson } from './ensure-person.ts';
import { findMember } from './find-member.ts';
import { toMemberView, type MemberView } from './member-view.ts';
import { checkOwnership } from './ownership.ts';
import { rolesIn } from './roles.ts';

/**
 * Takes a person into the organisation with these roles, at once. Only an owner makes an owner. Somebody who is
 * known to the platform keeps the name of old. Throws FORBIDDEN, or CONFLICT for the address of a member.
 */
export const inviteMember = verb({
  action: 'member.invite',
  permission: 'members.write',
  input: z.strictObject({
    email: emailField,
    name: textField(200),
    roles: z.array(z.enum(ROLES)).min(1),
  }),
  run: async ({ db, tenantId, actor, target }, { roles: wanted, ...person }): Promise<MemberView> => {
    const roles = rolesIn(wanted);
    checkOwnership(actor, { before: [], after: roles });
    const personId = await ensurePerson(db, person);
    const { count } = await db.member.createMany({
      data: [{ tenantId, personId, roles }],
      skipDuplicates: true,
    });
    if (count === 0)
      throw new DomainError(
        'CONFLICT',
        'member_exists',
        'A person with this e-mail address is a member already. Change the roles of that member instead.',
        { field: 'email' },
      );
    target(personId, { roles });
    return toMemberView(await findMember(db, tenantId, personId));
  },
});
