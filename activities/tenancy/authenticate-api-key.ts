import type { Database, Db } from '../../prisma/database.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import type { Permission } from '../../workflows/tenancy/model.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import type { Actor } from '../context.ts';
import { hashOfToken } from './api-key-token.ts';
import { rolesIn, withViewer } from './roles.ts';

/** Who a token stands for, with the rights of this moment. */
export interface Authenticated {
  tenantId: TenantId;
  actor: Extract<Actor, { kind: 'person' | 'service' }>;
  permissions: ReadonlySet<Permission>;
  apiKeyId: string;
}

/** How exact `lastUsedAt` is, in milliseconds: one write a minute, not one a request. */
const LAST_USED_PRECISION = 60_000;

/**
 * Signs in by an API key. Null for a token that is unknown, revoked, expired, or whose person left the tenant.
 * A person's key has the roles that it was given and that the person still holds. The token is looked up by its
 * SHA-256, so the time taken tells nothing about any stored key.
 */
export async function authenticateApiKey(
  database: Database,
  token: string,
  now = new Date(),
): Promise<Authenticated | null> {
  const hash = hashOfToken(token);
  const found = hash && (await database.lookup.apiKey(hash));
  if (!found) return null;
  return database.withTenant(found.tenantId, (db) => signIn(db, found, now));
}

/** A key that works at this moment, with the member behind it. */
interface KeyRow {
  name: string;
  personId: string | null;
  roles: string[];
  lastUsedAt: Date | null;
  /** Null when the key has no person, or that person has left. */
  memberRoles: string[] | null;
  email: string | null;
  personName: string | null;
}

async function signIn(
  db: Db,
  { tenantId, id }: { tenantId: TenantId; id: string },
  now: Date,
): Promise<Authenticated | null> {
  // One statement, since every request begins with it.
  const [key] = await db.$queryRaw<KeyRow[]>`
    SELECT k.name, k.person_id AS "personId", k.roles, k.last_used_at AS "lastUsedAt",
      m.roles AS "memberRoles", p.email, p.name AS "personName"
    FROM api_key k
    LEFT JOIN member m ON m.tenant_id = ${tenantId}::uuid AND m.person_id = k.person_id
    LEFT JOIN person p ON p.id = m.person_id
    WHERE k.tenant_id = ${tenantId}::uuid AND k.id = ${id}::uuid
      AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${now})`;
  const actor = key && actorBehind(id, key);
  if (!actor) return null;
  const stale = new Date(now.getTime() - LAST_USED_PRECISION);
  if (key.lastUsedAt === null || key.lastUsedAt <= stale)
    await db.apiKey.updateMany({
      where: { tenantId, id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] },
      data: { lastUsedAt: now },
    });
  return { tenantId, actor, permissions: permissionsOf(actor.roles), apiKeyId: id };
}

function actorBehind(id: string, key: KeyRow): Authenticated['actor'] | null {
  const { personId, memberRoles, email, personName } = key;
  if (personId === null) return { kind: 'service', apiKeyId: id, name: key.name, roles: rolesIn(key.roles) };
  if (memberRoles === null || email === null || personName === null) return null;
  return {
    kind: 'person',
    personId: personId as PersonId,
    email,
    name: personName,
    roles: withViewer(rolesIn(memberRoles)).filter((role) => key.roles.includes(role)),
    apiKeyId: id,
  };
}
