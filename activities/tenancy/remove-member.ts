import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { findMember } from './find-member.ts';
import { toMemberView, type MemberView } from './member-view.ts';
import { checkOwnership, checkOwnerStays, lockOwners } from './ownership.ts';
import { rolesIn } from './roles.ts';

/**
 * Takes a person out of the organisation and revokes that person's API keys here; what the person did stays. Returns
 * who it was. Only an owner removes an owner. Throws NOT_FOUND, FORBIDDEN, or PRECONDITION_FAILED for the last owner.
 */
export const removeMember = verb({
  action: 'member.remove',
  permission: 'members.write',
  input: z.strictObject({ personId: idField }),
  run: async ({ db, tenantId, actor, target }, { personId }): Promise<MemberView> => {
    const owners = await lockOwners(db, tenantId);
    const member = await findMember(db, tenantId, personId);
    const change = { before: rolesIn(member.roles), after: [] };
    checkOwnership(actor, change);
    checkOwnerStays(owners, change);
    const keys = await db.apiKey.updateMany({
      where: { tenantId, personId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    await db.member.deleteMany({ where: { tenantId, personId } });
    target(personId, { before: change.before, revokedKeys: keys.count });
    return toMemberView(member);
  },
});
