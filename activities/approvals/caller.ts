import type { Db } from '../../prisma/database.ts';
import type { Voter } from '../../workflows/approvals/decision-refusal.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';

/**
 * The person behind the actor with the roles held at this moment, read from the members and not from the sign-in;
 * null when there is no person. An API key that is limited to some of the person's roles decides with those only.
 */
export async function readCaller(db: Db, tenantId: TenantId, actor: Actor): Promise<Voter | null> {
  if (actor.kind !== 'person') return null;
  const member = await db.member.findFirst({
    where: { tenantId, personId: actor.personId },
    include: { person: { select: { email: true } } },
  });
  if (member === null) return { id: actor.personId, email: actor.email, roles: [], isMember: false };
  const held = member.roles as Role[];
  const roles = actor.apiKeyId === null ? held : held.filter((role) => actor.roles.includes(role));
  return { id: actor.personId, email: member.person.email, roles, isMember: true };
}
