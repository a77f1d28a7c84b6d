import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { Ctx } from '../context.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { listDelegations, revokeDelegation } from './index.ts';
import { auditRows, delegate, later, newMember, setRoles } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});
const refusal = (code: string, reason: string) => expect.objectContaining({ code, reason });
const forbidden = (reason: string) => refusal('FORBIDDEN', reason);

describe('delegateApprovals', () => {
  it.each<[string, (t: TestTenant) => Promise<unknown>, string, string]>([
    ['oneself', (t) => delegate(t.as('finance'), t.as('finance')), 'INVALID', 'delegate_is_self'],
    [
      'a stranger',
      (t) => delegate(t.as('finance'), t.asService([]), { toPersonId: randomUUID() }),
      'NOT_FOUND',
      'member_not_found',
    ],
    ['as a viewer', (t) => delegate(t.as('viewer'), t.as('finance')), 'FORBIDDEN', 'permission_missing'],
    [
      'as a service',
      (t) => delegate(t.asService(['finance']), t.as('viewer')),
      'FORBIDDEN',
      'approval_needs_person',
    ],
    [
      'into the past',
      (t) => delegate(t.as('finance'), t.as('viewer'), { until: later(-1) }),
      'INVALID',
      'period_invalid',
    ],
    [
      'for too long',
      (t) => delegate(t.as('finance'), t.as('viewer'), { until: later(90.01) }),
      'INVALID',
      'period_too_long',
    ],
  ])('refuses %s', async (_, call, code, reason) => {
    await expect(call(tenant)).rejects.toEqual(refusal(code, reason));
    expect((await listDelegations(tenant.as('viewer'), {})).items).toEqual([]);
  });

  it('refuses somebody whose role was taken away, and a key with some of the roles', async () => {
    const ctx = await newMember(house, tenant, ['finance', 'operator']);
    const key = { ...ctx.actor, roles: ['operator'], apiKeyId: randomUUID() } as Ctx['actor'];
    await expect(delegate({ ...ctx, actor: key }, tenant.as('viewer'))).rejects.toEqual(
      forbidden('key_limited'),
    );
    await setRoles(house, ctx, ['builder']);
    await expect(delegate(ctx, tenant.as('viewer'))).rejects.toEqual(forbidden('not_an_approver'));
  });

  it('lets one person at a time stand in, also when asked twice at once', async () => {
    const finance = tenant.as('finance');
    const results = await Promise.allSettled([
      delegate(finance, tenant.as('viewer')),
      delegate(finance, tenant.as('builder')),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(
      delegate(finance, tenant.as('security'), { from: later(6), until: later(8) }),
    ).rejects.toEqual(refusal('CONFLICT', 'delegation_overlaps'));
    const made = await delegate(finance, tenant.as('security'), { from: later(7.1), until: later(8) });
    expect(made).toMatchObject({ inForce: false, revokedAt: null });
  });

  it('lists and audits what was handed over, and begins now at the earliest', async () => {
    const made = await delegate(tenant.as('finance'), tenant.as('viewer'), { from: later(-5) });
    expect(made).toMatchObject({ inForce: true, startsAt: made.createdAt, from: { name: 'The finance' } });
    const { items } = await listDelegations(tenant.as('viewer'), {});
    expect(items.map(({ node }) => node)).toEqual([made]);
    expect(await auditRows(house, tenant, 'delegation.create')).toMatchObject([
      { target: made.id, details: { fromPersonId: made.fromId, toPersonId: made.toId, endsAt: made.endsAt } },
    ]);
  });
});

describe('revokeDelegation', () => {
  it.each<[Role, string | null]>([
    ['finance', null],
    ['admin', null],
    ['operator', null],
    ['security', 'delegation_of_others'],
    ['builder', 'permission_missing'],
  ])('by the %s', async (role, reason) => {
    const { id } = await delegate(tenant.as('finance'), tenant.as('operator'));
    const call = revokeDelegation(tenant.as(role), { id });
    if (reason !== null) return expect(call).rejects.toEqual(forbidden(reason));
    expect(await call).toMatchObject({ inForce: false, revokedAt: expect.any(String) });
    expect(await revokeDelegation(tenant.as(role), { id })).toEqual(await call);
    expect(await auditRows(house, tenant, 'delegation.revoke')).toHaveLength(2);
  });

  it('does not find that of another organisation', async () => {
    const other = await house.newTenant();
    const { id } = await delegate(tenant.as('finance'), tenant.as('viewer'));
    await expect(revokeDelegation(other.as('owner'), { id })).rejects.toEqual(
      refusal('NOT_FOUND', 'delegation_not_found'),
    );
    expect((await listDelegations(other.as('owner'), {})).items).toEqual([]);
  });
});
