import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../../workflows/tenancy/model.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { listAuditEvents, renameOrganisation, viewer } from './index.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  tenant = await house.newTenant();
});
afterAll(() => house.close());

const nameOf = async (of = tenant) => (await viewer(of.as('viewer'))).tenant.name;

describe('renameOrganisation', () => {
  it.each<Role>(['owner', 'admin'])(
    'by %s counts at once, here only, and leaves an audit row',
    async (role) => {
      const other = await house.newTenant();
      const [before, otherName] = [await nameOf(), await nameOf(other)];
      const renamed = await renameOrganisation(tenant.as(role), { name: '  Nordlicht GmbH ' });
      expect(renamed).toMatchObject({ id: tenant.tenantId, name: 'Nordlicht GmbH' });
      expect([await nameOf(), await nameOf(other)]).toEqual(['Nordlicht GmbH', otherName]);
      const { items } = await listAuditEvents(tenant.as('owner'), { action: 'tenant.rename', first: 10 });
      expect(items.map(({ node }) => node)).toMatchObject([
        { target: tenant.tenantId, details: { before, after: 'Nordlicht GmbH' } },
      ]);
    },
  );

  it.each<Role>(['builder', 'operator', 'finance', 'security', 'viewer'])(
    'is refused to %s',
    async (role) => {
      const before = await nameOf();
      await expect(renameOrganisation(tenant.as(role), { name: 'Mine' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        reason: 'permission_missing',
      });
      expect(await nameOf()).toBe(before);
    },
  );

  it.each(['', '   ', 'x'.repeat(201), '\u0000'])('takes no name such as %j', async (name) => {
    await expect(renameOrganisation(tenant.as('owner'), { name })).rejects.toMatchObject({ code: 'INVALID' });
  });
});
