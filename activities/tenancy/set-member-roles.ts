import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { ROLES, type Role } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { toMemberView, type MemberView } from './member-view.ts';
import { rolesIn, rolesOf } from './roles.ts';

/**
 * Replaces a member's roles; keys of that person follow at once. Only an owner makes or unmakes an owner.
 * Throws NOT_FOUND, FORBIDDEN, or PRECONDITION_FAILED when nobody would be owner any more.
 */
export const setMemberRoles = verb({
  action: 'member.setRoles',
  permission: 'members.write',
  input: z.strictObject({ personId: idField, roles: z.array(z.enum(ROLES)).min(1) }),
  run: async ({ db, tenantId, actor, target }, input): Promise<MemberView> => {
    const owners = await lockOwners(db, tenantId);
    const key = { tenantId, personId: input.personId };
    const member = await db.member.findFirst({ where: key, include: { person: true } });
    if (member === null)
      throw new DomainError('NOT_FOUND', 'member_not_found', 'There is no such member here.');
    const [before, after] = [rolesIn(member.roles), rolesIn(input.roles)];
    checkOwnership(actor, { before, after, owners: owners.length });
    await db.member.updateMany({ where: key, data: { roles: after } });
    target(input.personId, { before, after });
    return toMemberView({ ...member, roles: after });
  },
});

// Locked, so that two owners cannot take the role from each other at the same moment.
function lockOwners(db: Db, tenantId: TenantId): Promise<{ person_id: string }[]> {
  return db.$queryRaw`
    SELECT person_id FROM member WHERE tenant_id = ${tenantId}::uuid AND 'owner' = ANY (roles)
    ORDER BY person_id FOR UPDATE`;
}

function checkOwnership(actor: Actor, change: { before: Role[]; after: Role[]; owners: number }): void {
  const wasOwner = change.before.includes('owner');
  if (wasOwner === change.after.includes('owner')) return;
  if (!rolesOf(actor).includes('owner'))
    throw new DomainError(
      'FORBIDDEN',
      'owner_role_needed',
      'Only an owner can give or take the role owner. Ask an owner to do it.',
      { field: 'roles' },
    );
  if (wasOwner && change.owners === 1)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'last_owner',
      'This is the only owner. Make another person owner first.',
      { field: 'roles' },
    );
}
