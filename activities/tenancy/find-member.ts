import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';

/** The member with this person's id. Throws NOT_FOUND. */
export async function findMember(db: Db, tenantId: TenantId, personId: string) {
  const row = await db.member.findFirst({ where: { tenantId, personId }, include: { person: true } });
  if (row === null) throw new DomainError('NOT_FOUND', 'member_not_found', 'There is no such member here.');
  return row;
}
