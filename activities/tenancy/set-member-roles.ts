import { z } from 'zod';
import { ROLES } from '../../workflows/tenancy/model.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { findMember } from './find-member.ts';
import { toMemberView, type MemberView } from './member-view.ts';
import { checkOwnership, checkOwnerStays, lockOwners } from './ownership.ts';
import { rolesIn } from './roles.ts';

/**
 * Replaces a member's roles; keys of that person follow at once. Only an owner makes or unmakes an owner.
 * Throws NOT_FOUND, FORBIDDEN, or PRECONDITION_FAILED when nobody would be owner any more.
 */
export const setMemberRoles = verb({
  action: 'member.setRoles',
  permission: 'members.write',
  input: z.strictObject({ personId: idField, roles: z.array(z.enum(ROLES)).min(1) }),
  run: async ({ db, tenantId, actor, target }, { personId, roles }): Promise<MemberView> => {
    const owners = await lockOwners(db, tenantId);
    const member = await findMember(db, tenantId, personId);
    const change = { before: rolesIn(member.roles), after: rolesIn(roles) };
    checkOwnership(actor, change);
    checkOwnerStays(owners, change);
    await db.member.updateMany({ where: { tenantId, personId }, data: { roles: change.after } });
    target(personId, change);
    return toMemberView({ ...member, roles: change.after });
  },
});
