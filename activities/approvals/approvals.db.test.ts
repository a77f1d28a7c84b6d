import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { contentHashOf } from '../../workflows/approvals/content-hash.ts';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import { settle } from '../../workflows/approvals/settle.ts';
import type { Ctx } from '../context.ts';
import { LIVE_CHANNEL } from '../publish.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  approvalActivities,
  decideApproval,
  getApproval,
  listApprovals,
  type ApprovalFilter,
} from './index.ts';
import { approvalRequest, newMember } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
  tenant = await house.newTenant();
});
afterAll(() => house.close());

async function ask(wanted: Parameters<typeof approvalRequest>[1], of = tenant): Promise<ApprovalRequest> {
  const request = approvalRequest(of, wanted);
  await approvalActivities(house.platform).requestApproval({ request });
  return request;
}
const auditOf = (request: ApprovalRequest) =>
  house.database.withTenant(request.tenantId, async (db) =>
    (
      await db.auditEvent.findMany({
        where: { tenantId: request.tenantId, target: request.approvalId },
        orderBy: { sequence: 'asc' },
      })
    ).map(({ action, actor, details }) => ({ action, actor, details })),
  );

describe('the activities of a run', () => {
  it('write a request once, with one audit row and one live event', async () => {
    const listener = new pg.Client({ connectionString: house.test.appUrl });
    const heard: unknown[] = [];
    await listener.connect();
    await listener.query(`LISTEN ${LIVE_CHANNEL}`);
    listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '')));
    const request = approvalRequest(tenant, { class: 'C' });
    const { requestApproval, readApproval } = approvalActivities(house.platform);
    const pending = { status: 'PENDING', decisions: [] };
    expect(await Promise.all([requestApproval({ request }), requestApproval({ request })])).toEqual([
      pending,
      pending,
    ]);
    expect(await readApproval(request)).toEqual(pending);
    expect(await auditOf(request)).toEqual([
      {
        action: 'approval.request',
        actor: { kind: 'workflow', runId: request.runId },
        details: {
          class: 'C',
          status: 'PENDING',
          path: request.path,
          planHash: request.planHash,
          requesterId: request.requesterId,
        },
      },
    ]);
    await listener.query('SELECT 1');
    await listener.end();
    expect(heard).toEqual([{ topic: 'approval', tenantId: tenant.tenantId, approvalId: request.approvalId }]);
  });

  it('write Class A as approved', async () => {
    const request = await ask({ class: 'A' });
    expect(await approvalActivities(house.platform).readApproval(request)).toEqual({
      status: 'APPROVED',
      decisions: [],
    });
    const view = await getApproval(tenant.as('viewer'), { id: request.approvalId });
    expect(view).toMatchObject({ status: 'APPROVED', closedAt: request.requestedAt, missing: null });
  });

  it('end what is pending, once', async () => {
    const request = await ask({ class: 'B' });
    const { closeApproval } = approvalActivities(house.platform);
    expect(await closeApproval({ ...request, as: 'EXPIRED' })).toMatchObject({ status: 'EXPIRED' });
    expect(await closeApproval({ ...request, as: 'WITHDRAWN' })).toMatchObject({ status: 'EXPIRED' });
    expect((await auditOf(request)).map((row) => row.action)).toEqual([
      'approval.request',
      'approval.expire',
    ]);
  });

  it('leave a decision as it is', async () => {
    const { approvalId, planHash, ...request } = await ask({ class: 'B' });
    await decideApproval(tenant.as('finance'), { approvalId, planHash, decision: 'DENY' });
    const closed = await approvalActivities(house.platform).closeApproval({
      ...request,
      approvalId,
      as: 'WITHDRAWN',
    });
    expect(closed).toMatchObject({
      status: 'DENIED',
      decisions: [{ verdict: 'DENY', personEmail: tenant.people.finance.email }],
    });
  });

  it('know nothing of another run or another organisation', async () => {
    const request = await ask({ class: 'B' });
    const other = await house.newTenant();
    const { readApproval, closeApproval, requestApproval } = approvalActivities(house.platform);
    const notFound = expect.objectContaining({ code: 'NOT_FOUND', reason: 'approval_not_found' });
    await expect(readApproval({ ...request, tenantId: other.tenantId })).rejects.toEqual(notFound);
    await expect(readApproval({ ...request, runId: randomUUID() as never })).rejects.toEqual(notFound);
    await expect(closeApproval({ ...request, tenantId: other.tenantId, as: 'EXPIRED' })).rejects.toEqual(
      notFound,
    );
    await expect(requestApproval({ request: { ...request, tenantId: other.tenantId } })).rejects.toEqual(
      notFound,
    );
    expect(await readApproval(request)).toMatchObject({ status: 'PENDING' });
  });
});

describe('getApproval', () => {
  it('shows all of a request, and whether the caller can decide', async () => {
    const request = await ask({ class: 'B', approvers: ['finance', tenant.people.security.email] });
    const { id, email, name } = tenant.people.builder;
    const view = await getApproval(tenant.as('finance'), { id: request.approvalId });
    expect(view).toEqual({
      id: request.approvalId,
      runId: request.runId,
      workflowId: request.plan.workflow.id,
      workflowName: 'Refund',
      path: 'size/gate',
      title: 'Refund 120',
      details: { amount: 120 },
      class: 'B',
      plan: request.plan,
      contentHash: contentHashOf(request.plan),
      identicalPending: 1,
      form: null,
      reminders: 0,
      remindedAt: null,
      escalation: null,
      escalatedAt: null,
      planHash: request.planHash,
      status: 'PENDING',
      requester: { id, email, name },
      approvers: { roles: ['finance'], people: [tenant.people.security.email] },
      quorum: 1,
      decisions: [],
      requestedAt: request.requestedAt,
      expiresAt: request.expiresAt,
      closedAt: null,
      missing: '0 of 1 approval.',
      canDecide: true,
      whyNot: null,
    });
  });

  it.each<[string, () => Ctx, string | null]>([
    ['somebody named by address', () => tenant.as('security'), null],
    ['the requester', () => tenant.as('builder'), 'self_approval'],
    ['the owner, who is not listed', () => tenant.as('owner'), 'not_an_approver'],
    ['a service', () => tenant.asService(['finance']), 'approval_needs_person'],
  ])('tells %s why not', async (_, ctx, reason) => {
    const { approvalId } = await ask({ class: 'B', approvers: ['finance', tenant.people.security.email] });
    const view = await getApproval(ctx(), { id: approvalId });
    expect([view.canDecide, view.whyNot?.reason ?? null]).toEqual([reason === null, reason]);
  });

  it('answers NOT_FOUND to another organisation', async () => {
    const { approvalId } = await ask({ class: 'B' });
    const other = await house.newTenant();
    await expect(getApproval(other.as('owner'), { id: approvalId })).rejects.toEqual(
      expect.objectContaining({ code: 'NOT_FOUND', reason: 'approval_not_found' }),
    );
  });

  it('keeps the decision of somebody who left, and so does the check of the run', async () => {
    const ctx = await newMember(house, tenant, ['operator']);
    const { personId, email } = ctx.actor as Ctx['actor'] & { kind: 'person' };
    // Named by address, so that the vote counts by the address alone.
    const request = await ask({ class: 'B', approvers: [email] });
    const { approvalId, planHash } = request;
    await decideApproval(ctx, { approvalId, planHash, decision: 'APPROVE' });
    await house.database.withTenant(tenant.tenantId, (db) =>
      db.member.deleteMany({ where: { tenantId: tenant.tenantId, personId } }),
    );
    const { decisions } = await getApproval(tenant.as('viewer'), { id: approvalId });
    expect(decisions).toMatchObject([
      { personId, personEmail: email, person: null, roles: ['operator'], verdict: 'APPROVE' },
    ]);
    const state = await approvalActivities(house.platform).readApproval(request);
    expect(settle(request, state.decisions)).toBe('APPROVED');
  });
});

describe('listApprovals', () => {
  const ids = async (ctx: Ctx, filter?: ApprovalFilter) =>
    (await listApprovals(ctx, { filter: filter ?? null })).items.map(({ node }) => node.id);

  it('narrows by what is given, newest first', async () => {
    const its = await house.newTenant();
    const at = Date.now() - 60_000;
    const b = await ask({ class: 'B', requestedAt: at, approvers: ['finance'] }, its);
    const c = await ask({ class: 'C', requestedAt: at + 1, requesterId: its.people.finance.id }, its);
    const over = await ask({ class: 'B', requestedAt: at + 2, expiresInSeconds: 1 }, its);
    const named = await ask(
      { class: 'B', requestedAt: at + 3, approvers: [its.people.viewer.email, its.people.security.email] },
      its,
    );
    const nobody = await ask({ class: 'A', requestedAt: at + 4, requesterId: null }, its);
    const [ofB, ofC, ofOver, ofNamed, ofNobody] = [b, c, over, named, nobody].map((one) => one.approvalId);

    expect(await ids(its.as('viewer'))).toEqual([ofNobody, ofNamed, ofOver, ofC, ofB]);
    expect(await ids(its.as('viewer'), { status: 'APPROVED' })).toEqual([ofNobody]);
    expect(await ids(its.as('viewer'), { class: 'C', status: null })).toEqual([ofC]);
    expect(await ids(its.as('viewer'), { runId: b.runId })).toEqual([ofB]);
    expect(await ids(its.as('viewer'), { workflowId: c.plan.workflow.id })).toEqual([ofC]);
    expect(await ids(its.as('finance'), { requestedByMe: true })).toEqual([ofC]);
    expect(await ids(its.asService(['owner']), { requestedByMe: true })).toEqual([]);
    expect(await ids(its.as('finance'), { waitingForMe: true })).toEqual([ofB]);
    expect(await ids(its.as('security'), { waitingForMe: true })).toEqual([ofNamed, ofC]);
    expect(await ids(its.as('viewer'), { waitingForMe: true })).toEqual([]);
    expect(await ids(its.asService(['owner']), { waitingForMe: true })).toEqual([]);
    const { approvalId, planHash } = c;
    await decideApproval(its.as('security'), {
      approvalId,
      planHash,
      decision: 'APPROVE',
      reason: 'Checked.',
    });
    expect(await ids(its.as('security'), { waitingForMe: true })).toEqual([ofNamed]);
    expect(await ids(its.as('owner'), { waitingForMe: true })).toEqual([ofC]);
  });

  it('says of each what waitingForMe says of all', async () => {
    const ctx = tenant.as('security');
    const { items } = await listApprovals(ctx, { first: 100 });
    const open = items.filter(({ node }) => node.canDecide).map(({ node }) => node.id);
    expect(await ids(ctx, { waitingForMe: true })).toEqual(open);
    expect(open.length).toBeGreaterThan(0);
  });

  it('pages without gaps, with as many statements for 20 as for 2', async () => {
    const its = await house.newTenant();
    const at = Date.now() - 60_000;
    for (let i = 0; i < 21; i += 1) {
      const { approvalId, planHash } = await ask({ class: 'C', requestedAt: at + (i % 3) }, its);
      const vote = { approvalId, planHash, decision: 'APPROVE', reason: 'Checked.' } as const;
      await decideApproval(i % 2 ? its.as('finance') : its.as('owner'), vote);
    }
    const statements = jest.spyOn(pg.Client.prototype, 'query');
    const seen: string[] = [];
    const counts: number[] = [];
    let after: string | null = null;
    for (const first of [2, 18, 5]) {
      statements.mockClear();
      const page: Awaited<ReturnType<typeof listApprovals>> = await listApprovals(its.as('security'), {
        first,
        after,
      });
      counts.push(statements.mock.calls.length);
      seen.push(...page.items.map(({ node }) => node.id));
      after = page.endCursor;
      expect(page.hasNextPage).toBe(first !== 5);
    }
    expect(new Set(seen).size).toBe(21);
    statements.mockRestore();
    expect(counts[0]).toBeGreaterThan(3);
    expect(new Set(counts).size).toBe(1);
  });
});
