import type { Database, Db } from '../../prisma/database.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import type { Permission } from '../../workflows/tenancy/model.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import type { Actor } from '../context.ts';
import { hashOfToken } from './api-key-token.ts';
import { rolesIn } from './roles.ts';

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

async function signIn(
  db: Db,
  { tenantId, id }: { tenantId: TenantId; id: string },
  now: Date,
): Promise<Authenticated | null> {
  const key = await db.apiKey.findFirst({
    where: { tenantId, id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });
  const actor = key && (await actorBehind(db, tenantId, key));
  if (!actor) return null;
  const stale = new Date(now.getTime() - LAST_USED_PRECISION);
  if (key.lastUsedAt === null || key.lastUsedAt <= stale)
    await db.apiKey.updateMany({
      where: { tenantId, id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] },
      data: { lastUsedAt: now },
    });
  return { tenantId, actor, permissions: permissionsOf(actor.roles), apiKeyId: id };
}

async function actorBehind(
  db: Db,
  tenantId: TenantId,
  key: { id: string; name: string; personId: string | null; roles: string[] },
): Promise<Authenticated['actor'] | null> {
  if (key.personId === null)
    return { kind: 'service', apiKeyId: key.id, name: key.name, roles: rolesIn(key.roles) };
  const member = await db.member.findFirst({
    where: { tenantId, personId: key.personId },
    include: { person: true },
  });
  if (member === null) return null;
  return {
    kind: 'person',
    personId: member.personId as PersonId,
    email: member.person.email,
    name: member.person.name,
    roles: rolesIn(member.roles).filter((role) => key.roles.includes(role)),
    apiKeyId: key.id,
  };
}
