import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import { settle } from '../../workflows/approvals/settle.ts';
import type { Ctx } from '../context.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { approvalActivities, getApproval, listApprovals, revokeDelegation } from './index.ts';
import { askedFor, auditRows, decideOn, delegate, idOf, later, newMember, setRoles } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});

const ask = (wanted: Parameters<typeof askedFor>[2], of = tenant) => askedFor(house, of, wanted);
const check = async (request: ApprovalRequest) =>
  settle(request, (await approvalActivities(house.platform).readApproval(request)).decisions);
const leave = (ctx: Ctx) =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.member.deleteMany({ where: { tenantId: tenant.tenantId, personId: idOf(ctx) } }),
  );
const move = (id: string, period: { startsAt?: Date; endsAt?: Date }) =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.approvalDelegation.updateMany({ where: { tenantId: tenant.tenantId, id }, data: period }),
  );
const refusal = (code: string, reason: string) => expect.objectContaining({ code, reason });
const forbidden = (reason: string) => refusal('FORBIDDEN', reason);

describe('a delegate', () => {
  it('decides what the delegator could, in the delegator’s roles, and the run agrees', async () => {
    const [finance, viewer] = [tenant.as('finance'), tenant.as('viewer')];
    await delegate(finance, viewer, { reason: 'On leave' });
    const request = await ask({ class: 'B', approvers: ['finance'] });
    expect(await getApproval(viewer, { id: request.approvalId })).toMatchObject({ canDecide: true });
    const view = await decideOn(viewer, request);
    expect(view).toMatchObject({
      status: 'APPROVED',
      decisions: [
        {
          personId: idOf(viewer),
          onBehalfOfId: idOf(finance),
          onBehalfOf: { name: 'The finance' },
          roles: ['finance'],
        },
      ],
    });
    expect(await check(request)).toBe('APPROVED');
    expect((await auditRows(house, tenant, 'approval.decide')).map(({ details }) => details)).toEqual([
      expect.objectContaining({ onBehalfOf: idOf(finance) }),
    ]);
  });

  it('decides for a person who is named by address', async () => {
    const named = await newMember(house, tenant, ['operator']);
    await delegate(named, tenant.as('builder'));
    const { email } = named.actor as Ctx['actor'] & { kind: 'person' };
    const request = await ask({ class: 'B', approvers: [email], requesterId: tenant.people.viewer.id });
    expect(await decideOn(tenant.as('builder'), request)).toMatchObject({ status: 'APPROVED' });
    expect(await check(request)).toBe('APPROVED');
  });

  it('decides as himself where he can, and for the delegator where he says so', async () => {
    await delegate(tenant.as('finance'), tenant.as('security'));
    const [own, handed] = [await ask({ class: 'B' }), await ask({ class: 'B' })];
    expect((await decideOn(tenant.as('security'), own)).decisions).toMatchObject([
      { onBehalfOfId: null, roles: ['security'] },
    ]);
    const onBehalfOf = tenant.people.finance.id;
    const first = await decideOn(tenant.as('security'), handed, { onBehalfOf });
    expect(first.decisions).toMatchObject([{ onBehalfOfId: onBehalfOf, roles: ['finance'] }]);
    expect(await decideOn(tenant.as('security'), handed, { onBehalfOf })).toEqual(first);
  });

  it('can deny, and the delegator can still deny what the delegate approved', async () => {
    const [finance, viewer] = [tenant.as('finance'), tenant.as('viewer')];
    await delegate(finance, viewer);
    const denied = await ask({ class: 'C' });
    expect(await decideOn(viewer, denied, { decision: 'DENY' })).toMatchObject({ status: 'DENIED' });
    const request = await ask({ class: 'C' });
    await decideOn(viewer, request);
    expect(await decideOn(finance, request, { decision: 'DENY' })).toMatchObject({ status: 'DENIED' });
  });

  it('sees in waitingForMe what canDecide says', async () => {
    const viewer = tenant.as('viewer');
    await delegate(tenant.as('finance'), viewer);
    await delegate(tenant.as('operator'), viewer);
    const { viewer: me, finance, operator } = tenant.people;
    for (const requesterId of [me.id, finance.id, operator.id, null])
      for (const approvers of [
        ['finance'],
        ['operator'],
        ['security'],
        [finance.email],
        ['finance', 'operator'],
      ])
        await ask({ class: 'B', requesterId, approvers });
    const voted = [await ask({ class: 'C', approvers: ['finance', 'owner'] }), await ask({ class: 'C' })];
    for (const request of voted) await decideOn(tenant.as('finance'), request);
    const { items } = await listApprovals(viewer, { first: 100 });
    const open = items.filter(({ node }) => node.canDecide).map(({ node }) => node.id);
    const waiting = await listApprovals(viewer, { first: 100, filter: { waitingForMe: true } });
    expect(waiting.items.map(({ node }) => node.id)).toEqual(open);
    expect(open).toHaveLength(3 + 2 + 4 + 1);
  });
});

describe('Class C', () => {
  it('is approved by a delegate and a third person of another role', async () => {
    await delegate(tenant.as('finance'), tenant.as('viewer'));
    const request = await ask({ class: 'C' });
    expect(await decideOn(tenant.as('viewer'), request)).toMatchObject({ status: 'PENDING' });
    expect(await decideOn(tenant.as('security'), request)).toMatchObject({ status: 'APPROVED' });
    expect(await check(request)).toBe('APPROVED');
  });

  it('is not approved by a delegator and the delegate, in either order', async () => {
    const [owner, viewer] = [tenant.as('owner'), tenant.as('viewer')];
    await setRoles(house, owner, ['owner', 'finance', 'security']);
    await delegate(owner, viewer);
    const [one, two] = [await ask({ class: 'C' }), await ask({ class: 'C' })];
    await decideOn(viewer, one);
    expect(await decideOn(owner, one)).toMatchObject({ status: 'PENDING' });
    await decideOn(owner, two);
    await expect(decideOn(viewer, two)).rejects.toEqual(refusal('CONFLICT', 'already_voted'));
    expect([await check(one), await check(two)]).toEqual(['PENDING', 'PENDING']);
  });

  it('is not approved by one person for himself and on behalf of another', async () => {
    const security = tenant.as('security');
    await delegate(tenant.as('finance'), security);
    const request = await ask({ class: 'C' });
    await decideOn(security, request);
    const again = decideOn(security, request, { onBehalfOf: tenant.people.finance.id });
    await expect(again).rejects.toEqual(refusal('CONFLICT', 'already_voted'));
    expect(await check(request)).toBe('PENDING');
  });
});

describe('a delegation gives nothing', () => {
  const attacks: [string, string, (finance: Ctx, viewer: Ctx) => Promise<unknown>][] = [
    ['before its time', 'permission_missing', (from, to) => delegate(from, to, { from: later(1) })],
    [
      'once it has expired',
      'permission_missing',
      async (from, to) => move((await delegate(from, to)).id, { startsAt: later(-2), endsAt: later(-1) }),
    ],
    [
      'once it is revoked',
      'permission_missing',
      async (from, to) => revokeDelegation(from, { id: (await delegate(from, to)).id }),
    ],
    [
      'once the delegator has lost the role',
      'not_an_approver',
      async (from, to) => (await delegate(from, to), setRoles(house, from, ['builder'])),
    ],
    [
      'once the delegator has left',
      'permission_missing',
      async (from, to) => (await delegate(from, to), leave(from)),
    ],
    [
      'to a delegate who has left',
      'permission_missing',
      async (from, to) => (await delegate(from, to), leave(to)),
    ],
    [
      'to the delegate of a delegate',
      'not_an_approver',
      async (from, to) => (
        await delegate(from, tenant.as('operator')),
        await delegate(tenant.as('operator'), to)
      ),
    ],
  ];
  it.each(attacks)('%s', async (_, reason, attack) => {
    const [finance, viewer] = [tenant.as('finance'), tenant.as('viewer')];
    const request = await ask({ class: 'B', approvers: ['finance'] });
    await attack(finance, viewer);
    await expect(decideOn(viewer, request)).rejects.toEqual(forbidden(reason));
    const named = decideOn(viewer, request, { onBehalfOf: idOf(finance) });
    const chosen = reason === 'permission_missing' ? reason : expect.stringMatching(/^not_an|not_in_force$/);
    await expect(named).rejects.toMatchObject({ code: 'FORBIDDEN', reason: chosen });
    expect(await check(request)).toBe('PENDING');
  });

  it('when the delegate or the delegator asked', async () => {
    const [finance, viewer] = [tenant.as('finance'), tenant.as('viewer')];
    await delegate(finance, viewer);
    for (const requesterId of [tenant.people.viewer.id, tenant.people.finance.id]) {
      const request = await ask({ class: 'B', requesterId });
      await expect(decideOn(viewer, request)).rejects.toEqual(forbidden('self_approval'));
      const view = await getApproval(viewer, { id: request.approvalId });
      expect(view.whyNot?.reason).toBe('self_approval');
      expect(await check(request)).toBe('PENDING');
    }
    expect(await auditRows(house, tenant, 'approval.refused')).toHaveLength(2);
  });

  it('in another organisation, though the person is a member there too', async () => {
    const other = await house.newTenant();
    const viewer = tenant.as('viewer');
    await house.database.withTenant(other.tenantId, (db) =>
      db.member.createMany({
        data: [{ tenantId: other.tenantId, personId: tenant.people.viewer.id, roles: ['viewer'] }],
      }),
    );
    await delegate(tenant.as('finance'), viewer);
    const request = await ask({ class: 'B' }, other);
    const there = { ...other.as('viewer'), actor: viewer.actor };
    await expect(decideOn(there, request)).rejects.toEqual(forbidden('permission_missing'));
    await expect(decideOn(viewer, request)).rejects.toEqual(refusal('NOT_FOUND', 'approval_not_found'));
  });

  it('to a key that has only some of its person’s roles, and to a service', async () => {
    const both = await newMember(house, tenant, ['operator', 'builder']);
    await delegate(tenant.as('finance'), both);
    const request = await ask({ class: 'B', approvers: ['finance'] });
    const key = { ...both.actor, roles: ['operator'], apiKeyId: randomUUID() } as Ctx['actor'];
    await expect(decideOn({ ...both, actor: key }, request)).rejects.toEqual(forbidden('not_an_approver'));
    await expect(decideOn(tenant.asService(['operator']), request)).rejects.toEqual(
      forbidden('approval_needs_person'),
    );
    const whole = { ...key, roles: ['operator', 'builder'] } as Ctx['actor'];
    expect(await decideOn({ ...both, actor: whole }, request)).toMatchObject({ status: 'APPROVED' });
  });

  it('on behalf of somebody who handed nothing over', async () => {
    const request = await ask({ class: 'B' });
    const stolen = decideOn(tenant.as('operator'), request, { onBehalfOf: tenant.people.finance.id });
    await expect(stolen).rejects.toEqual(forbidden('delegation_not_in_force'));
    expect(await auditRows(house, tenant, 'approval.refused')).toHaveLength(1);
  });
});

describe('a vote by a delegate', () => {
  it('for a person listed by address stands after that person has left', async () => {
    const [finance, viewer] = [tenant.as('finance'), tenant.as('viewer')];
    await delegate(finance, viewer);
    const request = await ask({ class: 'B', approvers: [tenant.people.finance.email] });
    expect(await decideOn(viewer, request)).toMatchObject({
      status: 'APPROVED',
      decisions: [{ onBehalfOfEmail: tenant.people.finance.email }],
    });
    await leave(finance);
    expect(await check(request)).toBe('APPROVED');
  });
});

describe('a delegate without a deciding role', () => {
  it('hands the power back, and nobody else’s', async () => {
    const [finance, viewer] = [tenant.as('finance'), tenant.as('viewer')];
    const { id } = await delegate(finance, viewer);
    const { id: other } = await delegate(tenant.as('security'), tenant.as('builder'));
    await expect(revokeDelegation(viewer, { id: other })).rejects.toEqual(forbidden('permission_missing'));
    expect(await revokeDelegation(viewer, { id })).toMatchObject({ inForce: false });
    const request = await ask({ class: 'B' });
    await expect(decideOn(viewer, request)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
