import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../../workflows/tenancy/model.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { authenticateApiKey, createApiKey, inviteMember, listMembers, removeMember } from './index.ts';
import { setMemberRoles } from './set-member-roles.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  tenant = await house.newTenant();
});
afterAll(() => house.close());

const invite = (email: string, roles: Role[] = ['viewer'], by: Role = 'owner') =>
  inviteMember(tenant.as(by), { email, name: 'Newcomer', roles });
const remove = (role: Role, by: Role = 'owner') =>
  removeMember(tenant.as(by), { personId: tenant.people[role].id });
const members = async (of = tenant) =>
  (await listMembers(of.as('viewer'), { first: 100 })).items.map(({ node }) => node);

describe('inviteMember', () => {
  it('takes a person in, with the roles in the order of the product', async () => {
    const member = await invite(`new@${tenant.tenantId}.example`, ['finance', 'builder', 'finance']);
    expect(member).toMatchObject({ person: { name: 'Newcomer' }, roles: ['builder', 'finance'] });
    expect(await members()).toContainEqual(member);
  });

  it.each([
    ['CAPITALS', 'capitals'],
    ['  spaces', 'spaces'],
    ['ｗｉｄｅ', 'wide'],
    ['ﬁsh', 'fish'],
  ])('keeps one spelling of an address: %s', async (given, kept) => {
    const domain = `${tenant.tenantId}.example`;
    expect((await invite(`${given}@${domain}`)).person.email).toBe(`${kept}@${domain}`);
    await expect(invite(`${kept}＠${domain}`)).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'member_exists',
      details: { field: 'email' },
    });
  });

  it.each([
    'nobody',
    'two@at@x.example',
    'a@x.example,b@x.example',
    '"a@evil.example"@x.example',
    'a@x.example\r\nBcc: b@x.example',
    `${'a'.repeat(250)}@x.example`,
    '',
  ])('refuses what is no address: %j', async (email) => {
    await expect(invite(email)).rejects.toMatchObject({ code: 'INVALID', details: { field: 'email' } });
  });

  it('lets only an owner make an owner', async () => {
    const email = `boss@${tenant.tenantId}.example`;
    await expect(invite(email, ['owner'], 'admin')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'owner_role_needed',
    });
    expect(await members()).toHaveLength(7);
    expect((await invite(email, ['admin'], 'admin')).roles).toEqual(['admin']);
  });

  it('takes somebody of another organisation in as the same person, showing nothing of that one', async () => {
    const other = await house.newTenant();
    const email = other.people.finance.email;
    const member = await invite(email);
    expect(member.person).toEqual({ id: other.people.finance.id, email, name: 'The finance' });
    expect(member.roles).toEqual(['viewer']);
    expect(await members(other)).toHaveLength(7);
  });

  it('makes one member of many equal invitations at the same moment', async () => {
    const email = `once@${tenant.tenantId}.example`;
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => invite(email)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await members()).toHaveLength(8);
  });
});

describe('removeMember', () => {
  it('takes a person out and ends the keys of that person, here only', async () => {
    const { token } = await createApiKey(tenant.as('admin'), { name: 'of the admin' });
    const kept = await createApiKey(tenant.as('owner'), { name: 'of the owner' });
    const left = await remove('admin');
    expect(left).toMatchObject({ person: { id: tenant.people.admin.id }, roles: ['admin'] });
    expect(await members()).toHaveLength(6);
    expect(await authenticateApiKey(house.database, token)).toBeNull();
    expect(await authenticateApiKey(house.database, kept.token)).not.toBeNull();
    await expect(remove('admin')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'member_not_found' });
  });

  it('keeps the old keys dead when the person comes back', async () => {
    const { token } = await createApiKey(tenant.as('admin'), { name: 'of before' });
    const { person } = await remove('admin');
    expect((await invite(person.email, ['admin'])).person).toEqual(person);
    expect(await authenticateApiKey(house.database, token)).toBeNull();
  });

  it('lets only an owner remove an owner', async () => {
    await expect(remove('owner', 'admin')).rejects.toMatchObject({ reason: 'owner_role_needed' });
  });

  it('never removes the last owner, whoever asks at the same moment', async () => {
    await expect(remove('owner')).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: 'last_owner',
    });
    await setMemberRoles(tenant.as('owner'), { personId: tenant.people.admin.id, roles: ['owner'] });
    const results = await Promise.allSettled([remove('owner'), remove('admin')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
