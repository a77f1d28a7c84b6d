import type { Database } from '../../prisma/database.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import type { Permission } from '../../workflows/tenancy/model.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import type { Actor } from '../context.ts';
import { rolesIn, withViewer } from '../tenancy/index.ts';

/** What the web's signed token says. It is a claim until the tables agree. */
export interface SessionClaims {
  personId: PersonId;
  tenantId: TenantId;
  sessionId: string;
}

/** Who a session stands for, with the rights of this moment. */
export interface SignedIn {
  tenantId: TenantId;
  actor: Extract<Actor, { kind: 'person' }>;
  permissions: ReadonlySet<Permission>;
}

/**
 * The person behind a session, in the organisation that was asked for, with the roles held there now. `ended` when the
 * session was ended or ran out, `foreign` when the person is no member there.
 */
export async function authenticateSession(
  database: Database,
  { personId, tenantId, sessionId }: SessionClaims,
): Promise<SignedIn | 'ended' | 'foreign'> {
  if (!(await database.signIn.sessionHolds({ id: sessionId, personId }))) return 'ended';
  const member = await database.withTenant(tenantId, (db) =>
    db.member.findFirst({ where: { tenantId, personId }, include: { person: true } }),
  );
  if (member === null) return 'foreign';
  const { email, name } = member.person;
  const roles = [...withViewer(rolesIn(member.roles))];
  return {
    tenantId,
    actor: { kind: 'person', personId, email, name, roles, apiKeyId: null },
    permissions: permissionsOf(roles),
  };
}
