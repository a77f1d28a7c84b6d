import type { Db } from '../../prisma/database.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import { ROLES } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';

/** A member as an actor, with the roles held now; null for somebody who is no member. */
export async function personActor(
  db: Db,
  tenantId: TenantId,
  personId: string,
): Promise<Extract<Actor, { kind: 'person' }> | null> {
  const member = await db.member.findFirst({ where: { tenantId, personId }, include: { person: true } });
  if (member === null) return null;
  const { email, name } = member.person;
  const roles = ROLES.filter((role) => member.roles.includes(role));
  return { kind: 'person', personId: personId as PersonId, email, name, roles, apiKeyId: null };
}
