import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createApiKey, inviteMember, revokeApiKey, setMemberRoles } from '../../activities/tenancy/index.ts';
import { ROLES, type Role } from '../../workflows/tenancy/model.ts';
import type { TestApi } from './api.ts';
import type { World } from './world.ts';

/** How a key stands that tries an operation on things of an organisation. */
export const KEY_STATES = [
  'own',
  'of another organisation',
  'whose role was taken away',
  'revoked',
  'expired',
  'of a person who was removed',
  'made up',
  'missing',
] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** A key of each role in each state; null for a call without one. */
export type MatrixKeys = Record<KeyState, Record<Role, string | null>>;

/** Makes the keys. `strangers` is the other organisation. */
export async function makeMatrixKeys(api: TestApi, world: World, strangers: World): Promise<MatrixKeys> {
  const revoked = await keyOfEach(world);
  for (const { id } of Object.values(revoked)) await revokeApiKey(world.tenant.as('owner'), { id });
  const expired = await keyOfEach(world);
  await expire(api, Object.values(expired));
  const demoted = await keyOfEach(world);
  for (const [role, { personId }] of Object.entries(demoted)) {
    const roles: Role[] = [role === 'viewer' ? 'finance' : 'viewer'];
    await setMemberRoles(world.tenant.as('owner'), { personId, roles });
  }
  const removed = await keyOfEach(world);
  await leave(api, Object.values(removed));
  return {
    own: world.keys,
    'of another organisation': strangers.keys,
    'whose role was taken away': tokensOf(demoted),
    revoked: tokensOf(revoked),
    expired: tokensOf(expired),
    'of a person who was removed': tokensOf(removed),
    'made up': forEach(() => `lvq_${'x'.repeat(40)}_000000`),
    missing: forEach(() => null),
  };
}

interface MadeKey {
  id: string;
  token: string;
  personId: string;
}

/** A key of a new person of each role. */
async function keyOfEach({ tenant }: World): Promise<Record<Role, MadeKey>> {
  const made: [Role, MadeKey][] = [];
  for (const role of ROLES) {
    const email = `${randomUUID()}@matrix.example`;
    const { person } = await inviteMember(tenant.as('owner'), { email, name: 'Tester', roles: [role] });
    const owner = tenant.as('owner');
    const actor = { ...person, kind: 'person' as const, personId: person.id, roles: [role], apiKeyId: null };
    const { token, apiKey } = await createApiKey({ ...owner, actor }, { name: 'matrix' });
    made.push([role, { id: apiKey.id, token, personId: person.id }]);
  }
  return Object.fromEntries(made) as Record<Role, MadeKey>;
}

const tokensOf = (keys: Record<Role, MadeKey>) => forEach((role) => keys[role].token);
const forEach = <Value>(value: (role: Role) => Value) =>
  Object.fromEntries(ROLES.map((role) => [role, value(role)])) as Record<Role, Value>;

// No verb makes a key that has expired already.
const expire = (api: TestApi, keys: MadeKey[]) =>
  asSuperuser(api, `UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = ANY ($1)`, [
    keys.map(({ id }) => id),
  ]);

// Removing a member revokes the keys too; here only the membership is gone, and the keys are as they were.
const leave = (api: TestApi, keys: MadeKey[]) =>
  asSuperuser(api, 'DELETE FROM member WHERE person_id = ANY ($1)', [keys.map(({ personId }) => personId)]);

async function asSuperuser(api: TestApi, sql: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: api.house.test.adminUrl });
  await client.connect();
  await client.query(sql, values);
  await client.end();
}
