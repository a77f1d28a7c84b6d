import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import type { PersonId } from '../../workflows/ids.ts';
import { ROLES } from '../../workflows/tenancy/model.ts';
import { textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { emailField } from './email-field.ts';
import { toMemberView, type MemberView } from './member-view.ts';
import { checkOwnership } from './ownership.ts';
import { rolesIn } from './roles.ts';

/**
 * Takes a person into the organisation with these roles. Only an owner makes an owner. Throws FORBIDDEN, CONFLICT
 * for an address that a member has, or that belongs to somebody who cannot be added here.
 */
export const inviteMember = verb({
  action: 'member.invite',
  permission: 'members.write',
  input: z.strictObject({
    email: emailField,
    name: textField(200),
    roles: z.array(z.enum(ROLES)).min(1),
  }),
  run: async ({ db, tenantId, actor, target }, { email, name, ...input }): Promise<MemberView> => {
    const roles = rolesIn(input.roles);
    checkOwnership(actor, { before: [], after: roles });
    if ((await db.person.count({ where: { email, members: { some: { tenantId } } } })) > 0) throw isMember();
    const id = randomUUID() as PersonId;
    // createMany, since a single create reads the row back, and a person is visible only once a member.
    const { count } = await db.person.createMany({ data: [{ id, email, name }], skipDuplicates: true });
    if (count === 0) throw isTaken();
    await db.member.createMany({ data: [{ tenantId, personId: id, roles }] });
    const row = await db.member.findFirstOrThrow({
      where: { tenantId, personId: id },
      include: { person: true },
    });
    target(id, { roles });
    return toMemberView(row);
  },
});

function isMember(): DomainError {
  return new DomainError(
    'CONFLICT',
    'member_exists',
    'A person with this e-mail address is a member already. Change the roles of that member instead.',
    { field: 'email' },
  );
}
