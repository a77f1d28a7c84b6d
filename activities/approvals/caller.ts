import type { Db } from '../../prisma/database.ts';
import { DECIDING_ROLES } from '../../workflows/approvals/approval-terms.ts';
import type { Voter } from '../../workflows/approvals/decision-refusal.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';

/** The person behind a call, with every power to decide at this moment. */
export interface Caller {
  id: PersonId;
  email: string;
  /** One's own first, then those of approvers who handed theirs over, oldest delegation first. */
  powers: [own: Voter, ...delegated: Voter[]];
}

/**
 * The person behind the actor, with the roles held at `now`, read from the members and not from the sign-in; null when
 * there is no person. An API key that is limited to some of the person's roles decides with those only, and for nobody
 * else.
 */
export async function readCaller(
  db: Db,
  tenantId: TenantId,
  { actor, now }: { actor: Actor; now: Date },
): Promise<Caller | null> {
  if (actor.kind !== 'person') return null;
  const id = actor.personId;
  const [self, ...delegators] = await readPowers(db, tenantId, { id, now });
  const own: Voter = { id, email: actor.email, roles: [], isMember: false, onBehalfOf: null };
  if (self === undefined) return { id, email: actor.email, powers: [own] };
  const limited = isLimited(actor, self.roles);
  const roles = limited ? self.roles.filter((role) => actor.roles.includes(role)) : self.roles;
  const delegated = limited
    ? []
    : delegators.map(({ email, ...of }) => ({
        id,
        email,
        roles: DECIDING_ROLES.filter((role) => of.roles.includes(role)),
        isMember: true,
        onBehalfOf: of.id,
      }));
  return {
    id,
    email: self.email,
    powers: [{ ...own, email: self.email, roles, isMember: true }, ...delegated],
  };
}

/** True for an API key that may do less than its person, who holds these roles. */
export function isLimited(actor: Actor & { kind: 'person' }, held: readonly Role[]): boolean {
  return actor.apiKeyId !== null && held.some((role) => !actor.roles.includes(role));
}

interface PowerRow {
  id: string;
  email: string;
  roles: Role[];
}

// One statement, whatever there is: the person first, if a member; then those whose delegation to the person is in
// force. No delegation leads further: what somebody hands over are the roles of their own.
function readPowers(db: Db, tenantId: TenantId, { id, now }: { id: string; now: Date }): Promise<PowerRow[]> {
  return db.$queryRaw<PowerRow[]>`
    WITH self AS (
      SELECT m.person_id FROM member m WHERE m.tenant_id = ${tenantId}::uuid AND m.person_id = ${id}::uuid
    ), power AS (
      SELECT person_id, NULL::timestamptz AS since FROM self
      UNION ALL
      SELECT d.from_id, min(d.created_at) FROM approval_delegation d, self
      WHERE d.tenant_id = ${tenantId}::uuid AND d.to_id = self.person_id AND d.from_id <> self.person_id
        AND d.revoked_at IS NULL AND d.starts_at <= ${now} AND d.ends_at > ${now}
      GROUP BY d.from_id
    )
    SELECT p.id, p.email, m.roles FROM power
    JOIN member m ON m.tenant_id = ${tenantId}::uuid AND m.person_id = power.person_id
    JOIN person p ON p.id = m.person_id
    ORDER BY power.since NULLS FIRST, p.id`;
}
