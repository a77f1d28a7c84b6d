import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { newApiKeyToken } from './api-key-token.ts';
import {
  authenticateApiKey,
  createApiKey,
  listApiKeys,
  listAuditEvents,
  listMembers,
  provisionTenant,
  revokeApiKey,
  setMemberRoles,
  viewer,
} from './index.ts';

let house: TestHouse;
let tenant: TestTenant;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

async function withFreshTenant(): Promise<TestTenant> {
  tenant = await house.newTenant();
  return tenant;
}

const signIn = (token: string, now?: Date) => authenticateApiKey(house.database, token, now);
const setRoles = (role: 'owner' | 'admin' | 'viewer', roles: Parameters<typeof setMemberRoles>[1]['roles']) =>
  setMemberRoles(tenant.as('owner'), { personId: tenant.people[role].id, roles });

describe('createApiKey and authenticateApiKey', () => {
  beforeAll(withFreshTenant);

  it('signs a person in with the roles of the key', async () => {
    const { apiKey, token } = await createApiKey(tenant.as('owner'), { name: 'laptop' });
    const found = await signIn(token);
    expect(found).toMatchObject({
      tenantId: tenant.tenantId,
      apiKeyId: apiKey.id,
      actor: { kind: 'person', personId: tenant.people.owner.id, roles: ['owner'], apiKeyId: apiKey.id },
    });
    expect(found?.permissions.has('audit.read')).toBe(true);
    expect(apiKey).toMatchObject({ name: 'laptop', service: false, roles: ['owner'], lastUsedAt: null });
    expect(token.startsWith(apiKey.prefix)).toBe(true);
  });

  it('keeps nothing by which the token could be known again but its hash', async () => {
    const { token } = await createApiKey(tenant.as('owner'), { name: 'hidden' });
    const rows = await house.database.withTenant(tenant.tenantId, async (db) => [
      await db.apiKey.findMany({ where: { tenantId: tenant.tenantId } }),
      (await db.auditEvent.findMany({ where: { tenantId: tenant.tenantId } })).map(({ details }) => details),
      await db.idempotencyKey.findMany({ where: { tenantId: tenant.tenantId } }),
    ]);
    expect(JSON.stringify(rows)).not.toContain(token.slice(10, 44));
  });

  it('refuses tokens that are made up, unknown, revoked or expired', async () => {
    expect(await signIn('nonsense')).toBeNull();
    expect(await signIn(newApiKeyToken().token)).toBeNull();
    const revoked = await createApiKey(tenant.as('owner'), { name: 'revoked' });
    const after = await revokeApiKey(tenant.as('owner'), { id: revoked.apiKey.id });
    expect(after.revokedAt).not.toBeNull();
    expect(await signIn(revoked.token)).toBeNull();
    expect(await revokeApiKey(tenant.as('owner'), { id: revoked.apiKey.id })).toEqual(after);

    const expiresAt = new Date(Date.now() + 60_000);
    const short = await createApiKey(tenant.as('owner'), { name: 'short', expiresAt });
    expect(await signIn(short.token)).not.toBeNull();
    expect(await signIn(short.token, expiresAt)).toBeNull();
  });

  it('notes the last use at most once a minute', async () => {
    const { apiKey, token } = await createApiKey(tenant.as('owner'), { name: 'used' });
    const lastUse = async () => {
      const { items } = await listApiKeys(tenant.as('owner'), { first: 100 });
      return items.find(({ node }) => node.id === apiKey.id)?.node.lastUsedAt;
    };
    const start = Date.parse('2030-01-01T00:00:00.000Z');
    for (const [after, shown] of [
      [0, '2030-01-01T00:00:00.000Z'],
      [59_999, '2030-01-01T00:00:00.000Z'],
      [60_000, '2030-01-01T00:01:00.000Z'],
    ] as const) {
      await signIn(token, new Date(start + after));
      expect(await lastUse()).toBe(shown);
    }
  });

  it('never gives a key more than its maker has', async () => {
    await expect(createApiKey(tenant.as('admin'), { name: 'up', roles: ['owner'] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'role_not_held',
    });
    const both = tenant.as('owner', ['owner', 'finance']);
    const { apiKey } = await createApiKey(both, { name: 'less', roles: ['finance'] });
    expect(apiKey.roles).toEqual(['finance']);
  });

  it('makes a key that only reads for whoever may do more', async () => {
    const { token } = await createApiKey(tenant.as('owner'), { name: 'reads', roles: ['viewer'] });
    const found = await authenticateApiKey(house.database, token);
    expect(found?.actor).toMatchObject({ kind: 'person', roles: ['viewer'] });
    expect(found?.permissions.has('runs.read')).toBe(true);
    expect(found?.permissions.has('runs.start')).toBe(false);
  });

  it('makes service keys without a person', async () => {
    const { apiKey, token } = await createApiKey(tenant.as('owner'), { name: 'ci', service: true });
    expect(apiKey).toMatchObject({ service: true, person: null, roles: ['owner'] });
    expect((await signIn(token))?.actor).toMatchObject({ kind: 'service', apiKeyId: apiKey.id, name: 'ci' });
    const second = await createApiKey(tenant.asService(['admin']), { name: 'by a service' });
    expect(second.apiKey).toMatchObject({ service: true, roles: ['admin'] });
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'half \ud800 pair' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'x', roles: [] }, 'roles'],
    [{ name: 'x', expiresAt: new Date('2020-01-01') }, 'expiresAt'],
    [{ name: 'x', expiresAt: new Date('+010000-01-01') }, 'expiresAt'],
  ])('refuses %j', async (input, field) => {
    await expect(createApiKey(tenant.as('owner'), input)).rejects.toMatchObject({
      code: 'INVALID',
      details: { field },
    });
  });

  it('follows the member: a lost role is lost at once, a person who left is refused', async () => {
    await setRoles('admin', ['admin', 'finance']);
    const { token } = await createApiKey(tenant.as('admin', ['admin', 'finance']), { name: 'two roles' });
    expect((await signIn(token))?.actor).toMatchObject({ roles: ['admin', 'finance'] });
    await setRoles('admin', ['finance', 'security']);
    const found = await signIn(token);
    expect(found?.actor).toMatchObject({ roles: ['finance'] });
    expect(found?.permissions.has('members.write')).toBe(false);
    await house.database.withTenant(tenant.tenantId, (db) =>
      db.member.deleteMany({ where: { tenantId: tenant.tenantId, personId: tenant.people.admin.id } }),
    );
    expect(await signIn(token)).toBeNull();
  });
});

describe('viewer', () => {
  it('tells a person and a service about themselves', async () => {
    await withFreshTenant();
    const person = await viewer(tenant.as('viewer'));
    expect(person).toMatchObject({
      tenant: { id: tenant.tenantId, name: 'Test organisation' },
      person: { email: tenant.people.viewer.email },
      roles: ['viewer'],
      launchStage: 'pre-launch',
    });
    expect(person.permissions).toContain('runs.read');
    expect(person.permissions).not.toContain('runs.start');
    expect((await viewer(tenant.asService(['builder']))).person).toBeNull();
  });
});

describe('setMemberRoles', () => {
  beforeEach(withFreshTenant);

  it('replaces the roles and shows them in the list', async () => {
    const member = await setRoles('viewer', ['finance', 'builder', 'finance']);
    expect(member.roles).toEqual(['builder', 'finance']);
    const { items } = await listMembers(tenant.as('viewer'), {});
    expect(items).toHaveLength(7);
    expect(items.map(({ node }) => node)).toContainEqual(member);
  });

  it('lets only an owner give or take the role owner', async () => {
    for (const change of [
      { personId: tenant.people.admin.id, roles: ['owner' as const] },
      { personId: tenant.people.owner.id, roles: ['viewer' as const] },
    ])
      await expect(setMemberRoles(tenant.as('admin'), change)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        reason: 'owner_role_needed',
      });
    expect((await setRoles('admin', ['owner'])).roles).toEqual(['owner']);
  });

  it('never takes the last owner away, whoever asks at the same moment', async () => {
    await expect(setRoles('owner', ['admin'])).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: 'last_owner',
    });
    await setRoles('admin', ['owner']);
    const results = await Promise.allSettled([setRoles('owner', ['viewer']), setRoles('admin', ['viewer'])]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { items } = await listMembers(tenant.as('viewer'), {});
    expect(items.filter(({ node }) => node.roles.includes('owner'))).toHaveLength(1);
  });
});

describe('listApiKeys and listMembers', () => {
  it('give every row once, page by page', async () => {
    await withFreshTenant();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await createApiKey(tenant.as('owner'), { name });
    const keys = await pagesOf((after) => listApiKeys(tenant.as('viewer'), { first: 2, after }));
    expect(keys.map(({ name }) => name)).toEqual(['e', 'd', 'c', 'b', 'a']);
    const members = await pagesOf((after) => listMembers(tenant.as('viewer'), { first: 3, after }));
    expect(new Set(members.map(({ person }) => person.id)).size).toBe(7);
  });
});

describe('listAuditEvents', () => {
  it('finds what one actor did, one action, and what happened to one thing', async () => {
    await withFreshTenant();
    const { apiKey } = await createApiKey(tenant.as('owner'), { name: 'first' });
    await createApiKey(tenant.as('admin'), { name: 'second' });
    await revokeApiKey(tenant.as('admin'), { id: apiKey.id });
    const find = async (filter: object) =>
      (await pagesOf((after) => listAuditEvents(tenant.as('security'), { first: 1, after, ...filter }))).map(
        ({ sequence, action }) => `${sequence} ${action}`,
      );
    expect(await find({})).toEqual([
      '4 apiKey.revoke',
      '3 apiKey.create',
      '2 apiKey.create',
      '1 tenant.provision',
    ]);
    expect(await find({ actor: tenant.people.admin.id })).toEqual(['4 apiKey.revoke', '3 apiKey.create']);
    expect(await find({ action: 'apiKey.create' })).toEqual(['3 apiKey.create', '2 apiKey.create']);
    expect(await find({ target: apiKey.id })).toEqual(['4 apiKey.revoke', '2 apiKey.create']);
    expect(await find({ target: randomUUID() })).toEqual([]);
    const [revoked, , first] = (await listAuditEvents(tenant.as('security'), {})).items.map(
      ({ node }) => node,
    );
    const from = new Date(first?.at ?? '');
    expect(await find({ from, until: new Date(revoked?.at ?? '') })).toHaveLength(3);
    expect(await find({ until: from })).toEqual(['2 apiKey.create', '1 tenant.provision']);
    expect(await find({ from: new Date('9998-01-01') })).toEqual([]);
  });

  it('refuses a cursor that is not one of ours', async () => {
    await expect(listAuditEvents(tenant.as('security'), { after: 'bm9uc2Vuc2U' })).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'cursor_invalid',
    });
  });
});

describe('provisionTenant', () => {
  it('adds only who is missing when it runs again', async () => {
    const slug = `again-${randomUUID()}`;
    const one = { email: `One@${slug}.example`, name: 'One', roles: ['owner' as const] };
    const two = { email: `two@${slug}.example`, name: 'Two', roles: ['viewer' as const] };
    const first = await provisionTenant(house.platform, { slug, name: 'Again', people: [one] });
    const second = await provisionTenant(house.platform, { slug, name: 'Again', people: [two, one] });
    expect(second.tenantId).toBe(first.tenantId);
    expect(second.people[1]).toEqual(first.people[0]);
    expect(second.people.map(({ email }) => email)).toEqual([two.email, one.email.toLowerCase()]);
  });
});

async function pagesOf<Node>(
  read: (
    after: string | null,
  ) => Promise<{ items: { node: Node }[]; endCursor: string | null; hasNextPage: boolean }>,
): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const page = await read(after);
    nodes.push(...page.items.map(({ node }) => node));
    if (!page.hasNextPage) return nodes;
    after = page.endCursor;
  }
}
