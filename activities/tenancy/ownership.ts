import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';
import { rolesOf } from './roles.ts';

/**
 * How many owners there are. They stay locked until the transaction ends, so that two owners cannot take the role
 * from each other at the same moment.
 */
export async function lockOwners(db: Db, tenantId: TenantId): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT person_id FROM member WHERE tenant_id = ${tenantId}::uuid AND 'owner' = ANY (roles)
    ORDER BY person_id FOR UPDATE`;
  return rows.length;
}

/** Throws FORBIDDEN when somebody becomes or stops being owner and the actor is none. */
export function checkOwnership(actor: Actor, { before, after }: { before: Role[]; after: Role[] }): void {
  if (before.includes('owner') === after.includes('owner') || rolesOf(actor).includes('owner')) return;
  throw new DomainError(
    'FORBIDDEN',
    'owner_role_needed',
    'Only an owner can give or take the role owner. Ask an owner to do it.',
    { field: 'roles' },
  );
}

/** Throws PRECONDITION_FAILED when nobody would be owner any more; `owners` is how many there are before. */
export function checkOwnerStays(owners: number, { before, after }: { before: Role[]; after: Role[] }): void {
  if (!before.includes('owner') || after.includes('owner') || owners > 1) return;
  throw new DomainError(
    'PRECONDITION_FAILED',
    'last_owner',
    'This is the only owner. Make another person owner first.',
    { field: 'roles' },
  );
}
