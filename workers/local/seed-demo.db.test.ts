import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authenticateApiKey, listApiKeys, listMembers } from '../../activities/tenancy/index.ts';
import { openTestHouse, type TestHouse } from '../../activities/testing.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import { DEMO_ROLES, seedDemo, type SeededDemo } from './seed-demo.ts';

let house: TestHouse;
let first: SeededDemo;

beforeAll(async () => {
  house = await openTestHouse();
  first = await seedDemo(house.platform);
});
afterAll(() => house.close());

const signIn = (token: string) => authenticateApiKey(house.database, token);

describe('seedDemo', () => {
  it('makes five people with one role each, who sign in with their keys', async () => {
    for (const role of DEMO_ROLES)
      expect(await signIn(first.tokens[role])).toMatchObject({
        tenantId: first.tenantId,
        actor: {
          kind: 'person',
          personId: first.people[role].id,
          email: `${role}@demo.levqor.example`,
          roles: [role],
        },
        permissions: permissionsOf([role]),
      });
  });

  it('keeps keys that still work and replaces the others, revoking the old', async () => {
    const again = await seedDemo(house.platform, { tokens: first.tokens });
    expect(again).toEqual(first);

    const mixed = { ...first.tokens, finance: first.tokens.owner, viewer: 'nonsense' };
    const mended = await seedDemo(house.platform, { tokens: mixed });
    expect(mended.tokens).toMatchObject({ owner: first.tokens.owner, operator: first.tokens.operator });
    for (const role of ['finance', 'viewer'] as const) {
      expect(await signIn(first.tokens[role])).toBeNull();
      expect((await signIn(mended.tokens[role]))?.actor).toMatchObject({ roles: [role] });
    }
    const signedIn = await signIn(mended.tokens.owner);
    if (signedIn === null) throw new Error('The owner must be signed in here');
    const ctx = { ...house.platform, ...signedIn, requestId: 'test' };
    expect((await listMembers(ctx, {})).items).toHaveLength(5);
    const { items } = await listApiKeys(ctx, { first: 100 });
    expect(items.filter(({ node }) => node.revokedAt === null)).toHaveLength(5);
  });
});
