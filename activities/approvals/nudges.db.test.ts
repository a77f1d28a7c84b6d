import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EVENT_TYPES } from '../../workflows/endpoints/model.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { approvalActivities, getApproval, listApprovals } from './index.ts';
import { askedFor, auditRows, decideOn } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
let run: ReturnType<typeof approvalActivities>;
beforeAll(async () => {
  house = await openTestHouse();
  run = approvalActivities(house.platform);
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});

const ask = (wanted: Parameters<typeof askedFor>[2]) => askedFor(house, tenant, wanted);
const waiting = async (role: Role) => {
  const page = await listApprovals(tenant.as(role), { first: 10, filter: { waitingForMe: true } });
  return page.items.map(({ node }) => node.id);
};

/** An endpoint that wants every event, written past the verbs. */
const listen = () =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.endpoint.create({
      data: {
        ...{ tenantId: tenant.tenantId, id: randomUUID(), url: 'https://listen.example', description: '' },
        ...{ eventTypes: [...EVENT_TYPES], secrets: new Uint8Array(1) },
      },
    }),
  );
const told = () =>
  house.database.withTenant(tenant.tenantId, async (db) => {
    const rows = await db.endpointDelivery.findMany({ where: { tenantId: tenant.tenantId } });
    return rows.map(({ eventType, payload }) => [eventType, (payload as { data: object }).data] as const);
  });

describe('a reminder', () => {
  it('is noted once for each number, and only while the request is pending', async () => {
    const request = await ask({ class: 'B', remindAfterSeconds: 60 });
    await Promise.all([1, 1, 1].map((number) => run.remindApprovers({ ...request, number })));
    await run.remindApprovers({ ...request, number: 2 });
    await run.remindApprovers({ ...request, number: 1 });
    expect(await getApproval(tenant.as('viewer'), { id: request.approvalId })).toMatchObject({
      reminders: 2,
      remindedAt: expect.any(String),
    });
    expect(await auditRows(house, tenant, 'approval.remind')).toHaveLength(2);
    await decideOn(tenant.as('finance'), request);
    expect(await run.remindApprovers({ ...request, number: 3 })).toMatchObject({ status: 'APPROVED' });
    expect(await auditRows(house, tenant, 'approval.remind')).toHaveLength(2);
  });
});

describe('an escalation', () => {
  it('lets further people decide from then on, and only then', async () => {
    const request = await ask({
      ...{ class: 'B', approvers: ['finance'] },
      ...{ escalateAfterSeconds: 60, escalateTo: ['security', tenant.people.operator.email.toUpperCase()] },
    });
    expect(request.escalation?.approvers).toEqual({
      roles: ['security'],
      people: [tenant.people.operator.email],
    });
    for (const role of ['security', 'operator'] as const) {
      expect(await waiting(role)).toEqual([]);
      await expect(decideOn(tenant.as(role), request)).rejects.toMatchObject({ reason: 'not_an_approver' });
    }
    await Promise.all([run.escalateApproval(request), run.escalateApproval(request)]);
    expect(await auditRows(house, tenant, 'approval.escalate')).toHaveLength(1);
    for (const role of ['finance', 'security', 'operator'] as const)
      expect(await waiting(role)).toEqual([request.approvalId]);
    expect(await waiting('viewer')).toEqual([]);
    const view = await decideOn(tenant.as('operator'), request);
    expect(view).toMatchObject({
      status: 'APPROVED',
      approvers: { roles: ['finance', 'security'], people: [tenant.people.operator.email] },
      escalation: { roles: ['security'] },
      escalatedAt: expect.any(String),
    });
  });

  it('changes neither class nor quorum nor who may not decide', async () => {
    const request = await ask({
      ...{ class: 'C', approvers: ['finance', 'security'], requesterId: tenant.people.owner.id },
      ...{ escalateAfterSeconds: 60, escalateTo: ['owner', 'operator'] },
    });
    await run.escalateApproval(request);
    await expect(decideOn(tenant.as('owner'), request)).rejects.toMatchObject({ reason: 'self_approval' });
    expect(await decideOn(tenant.as('operator'), request)).toMatchObject({ status: 'PENDING', quorum: 2 });
    expect(await decideOn(tenant.as('finance'), request)).toMatchObject({ status: 'APPROVED' });
  });

  it('of a request that is decided does nothing', async () => {
    const request = await ask({ class: 'B', escalateAfterSeconds: 60, escalateTo: ['owner'] });
    await decideOn(tenant.as('finance'), request, { decision: 'DENY' });
    expect(await run.escalateApproval(request)).toMatchObject({ status: 'DENIED' });
    expect(await getApproval(tenant.as('viewer'), { id: request.approvalId })).toMatchObject({
      escalatedAt: null,
    });
  });
});

describe('endpoints', () => {
  it('are told of each thing that happens to a request, once', async () => {
    await listen();
    const terms = {
      class: 'B',
      remindAfterSeconds: 9,
      escalateAfterSeconds: 9,
      escalateTo: ['owner'],
    } as const;
    const approved = await ask(terms);
    await run.remindApprovers({ ...approved, number: 1 });
    await run.remindApprovers({ ...approved, number: 1 });
    await run.escalateApproval(approved);
    await decideOn(tenant.as('owner'), approved);
    await decideOn(tenant.as('owner'), approved);
    await decideOn(tenant.as('owner'), await ask(terms), { decision: 'DENY' });
    await run.closeApproval({ ...(await ask(terms)), as: 'EXPIRED' });
    await run.closeApproval({ ...(await ask(terms)), as: 'WITHDRAWN' });
    const events = await told();
    const counts: Record<string, number> = {};
    for (const [type] of events) counts[type] = (counts[type] ?? 0) + 1;
    expect(counts).toEqual({
      'approval.requested': 4,
      'approval.reminded': 1,
      'approval.escalated': 1,
      'approval.approved': 1,
      'approval.denied': 1,
      'approval.expired': 1,
      'approval.withdrawn': 1,
    });
    const [, data] = events.find(([type]) => type === 'approval.approved') ?? [];
    expect(data).toMatchObject({
      approvalId: expect.stringMatching(/^approval_[0-9a-f]{32}$/),
      runId: expect.stringMatching(/^run_[0-9a-f]{32}$/),
      status: 'APPROVED',
      reminders: 1,
    });
    expect(house.dispatched.filter(({ message }) => message.kind === 'startDelivery')).toHaveLength(10);
  });
});
