import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { ApprovalStatus } from '../../workflows/approvals/model.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { createWorkflow } from '../definitions/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { rowOf } from './approval-row.ts';
import { approvalActivities, approvalAnalytics, decideApproval, type AnalyticsGroup } from './index.ts';
import { approvalRequest, later } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});

interface Past {
  at: string;
  class?: 'A' | 'B' | 'C';
  status: ApprovalStatus;
  workflowId?: string;
  /** Who decided, and after how many seconds. */
  votes?: [role: Role, seconds: number, verdict?: 'DENY'][];
  approvers?: string[];
}

/** Writes a request of the past, with its decisions. */
async function past({
  at,
  status,
  votes = [],
  workflowId,
  class: cls = 'B',
  approvers,
}: Past): Promise<void> {
  const requestedAt = Date.parse(at);
  const seconds = Math.max(0, ...votes.map(([, after]) => after));
  const request = approvalRequest(tenant, { class: cls, requestedAt, ...(approvers && { approvers }) });
  const closedAt = status === 'PENDING' ? null : new Date(requestedAt + seconds * 1_000);
  const row = { ...rowOf(request, 'PENDING'), status, closedAt, ...(workflowId && { workflowId }) };
  const { tenantId, approvalId, planHash } = request;
  const decisions = votes.map(([role, after, verdict = 'APPROVE']) => ({
    ...{ tenantId, approvalId, planHash, verdict, roles: [role] },
    personId: tenant.people[role].id,
    personEmail: tenant.people[role].email,
    decidedAt: new Date(requestedAt + after * 1_000),
  }));
  await house.database.withTenant(tenantId, async (db) => {
    await db.approval.createMany({ data: [row] });
    await db.approvalDecision.createMany({ data: decisions });
  });
}

const march = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };
async function groups(by: AnalyticsGroup, period = march) {
  const { groups: found } = await approvalAnalytics(tenant.as('viewer'), { ...period, groupBy: by });
  return found.map(({ key, label, figures }) => ({ key, label, ...figures }));
}

describe('approvalAnalytics', () => {
  it('has nulls for a time without requests, never a median of nothing', async () => {
    expect(await approvalAnalytics(tenant.as('viewer'), march)).toEqual({
      from: march.from.toISOString(),
      to: march.to.toISOString(),
      all: {
        requested: 0,
        approved: 0,
        denied: 0,
        expired: 0,
        withdrawn: 0,
        reminders: 0,
        escalated: 0,
        medianSeconds: null,
        p95Seconds: null,
        selfApprovalsRefused: 0,
      },
      groups: [],
      bottlenecks: [],
    });
  });

  it('counts reminders and escalations, and waits for those to whom it was escalated too', async () => {
    const terms = {
      class: 'B',
      approvers: ['finance'],
      escalateAfterSeconds: 9,
      escalateTo: ['owner'],
    } as const;
    const run = approvalActivities(house.platform);
    const [reminded, escalated] = [approvalRequest(tenant, terms), approvalRequest(tenant, terms)];
    for (const request of [reminded, escalated]) await run.requestApproval({ request });
    for (const number of [1, 2]) await run.remindApprovers({ ...reminded, number });
    await run.escalateApproval(escalated);
    const { all, bottlenecks } = await approvalAnalytics(tenant.as('viewer'), {
      from: later(-1),
      to: later(1),
    });
    expect(all).toMatchObject({ requested: 2, reminders: 2, escalated: 1 });
    expect(bottlenecks.map(({ role, open }) => [role, open])).toEqual([
      ['finance', 2],
      ['owner', 1],
    ]);
  });

  it('counts by class, workflow, approver and ISO week', async () => {
    const { id: refunds } = await createWorkflow(tenant.as('owner'), { name: 'Refunds' });
    const { id: orders } = await createWorkflow(tenant.as('owner'), { name: 'Orders' });
    const sunday = '2026-03-08T23:59:59.999Z';
    await past({
      at: '2026-03-02T00:00:00Z',
      status: 'APPROVED',
      votes: [['finance', 60]],
      workflowId: refunds,
    });
    await past({ at: sunday, status: 'APPROVED', votes: [['finance', 120]], workflowId: refunds });
    await past({ at: sunday, status: 'WITHDRAWN', workflowId: refunds });
    await past({ at: '2026-03-09T00:00:00Z', status: 'EXPIRED', workflowId: refunds });
    await past({
      at: '2026-03-09T00:00:00Z',
      status: 'DENIED',
      votes: [['security', 600, 'DENY']],
      workflowId: orders,
    });
    await past({
      ...{ at: '2026-03-10T00:00:00Z', class: 'C', status: 'APPROVED', workflowId: orders },
      votes: [
        ['finance', 30],
        ['owner', 240],
      ],
    });
    await past({ at: '2026-03-10T00:00:00Z', class: 'A', status: 'APPROVED', workflowId: orders });
    await past({ at: march.to.toISOString(), status: 'APPROVED', votes: [['owner', 9]], workflowId: orders });

    const { all } = await approvalAnalytics(tenant.as('viewer'), march);
    const none = { selfApprovalsRefused: 0 };
    const times = { medianSeconds: 180, p95Seconds: expect.closeTo(546, 6) };
    const counts = {
      ...{ requested: 7, approved: 4, denied: 1, expired: 1, withdrawn: 1 },
      ...{ reminders: 0, escalated: 0 },
    };
    expect(all).toEqual({ ...counts, ...times, ...none });
    expect(await groups('CLASS')).toMatchObject([
      { key: 'A', label: 'A', requested: 1, approved: 1, medianSeconds: null, p95Seconds: null },
      { key: 'B', requested: 5, approved: 2, denied: 1, expired: 1, withdrawn: 1, medianSeconds: 120 },
      { key: 'C', requested: 1, approved: 1, medianSeconds: 240, p95Seconds: 240 },
    ]);
    expect(await groups('WORKFLOW')).toMatchObject([
      { key: refunds, label: 'Refunds', requested: 4, medianSeconds: 90 },
      { key: orders, label: 'Orders', requested: 3, medianSeconds: 420 },
    ]);
    expect(await groups('WEEK')).toMatchObject([
      { key: '2026-W10', requested: 3, approved: 2, withdrawn: 1 },
      { key: '2026-W11', requested: 4, denied: 1, expired: 1 },
    ]);
    const unknown = { requested: null, expired: null, withdrawn: null };
    expect(await groups('APPROVER')).toMatchObject([
      { label: tenant.people.finance.email, approved: 3, denied: 0, medianSeconds: 60, ...unknown },
      ...['owner', 'security']
        .map((role) => ({ label: tenant.people[role as Role].email, ...unknown }))
        .sort(byId),
    ]);
  });

  it('takes the year of a week from ISO 8601', async () => {
    await past({ at: '2027-01-01T12:00:00Z', status: 'EXPIRED' });
    const period = { from: new Date('2026-12-01T00:00:00Z'), to: new Date('2027-02-01T00:00:00Z') };
    expect(await groups('WEEK', period)).toMatchObject([
      { key: '2026-W53', requested: 1, medianSeconds: null },
    ]);
  });

  it('counts refused self-approvals where they happened', async () => {
    const request = approvalRequest(tenant, { class: 'C', requesterId: tenant.people.finance.id });
    await approvalActivities(house.platform).requestApproval({ request });
    const { approvalId, planHash } = request;
    const attempt = { approvalId, planHash, decision: 'APPROVE', reason: 'Mine.' } as const;
    for (let i = 0; i < 2; i += 1)
      await expect(decideApproval(tenant.as('finance'), attempt)).rejects.toMatchObject({
        reason: 'self_approval',
      });
    const now = { from: later(-1), to: later(1) };
    const { all, groups: found } = await approvalAnalytics(tenant.as('viewer'), now);
    expect(all).toMatchObject({ requested: 1, selfApprovalsRefused: 2 });
    expect(found.map(({ by, figures }) => [by, figures.selfApprovalsRefused])).toEqual([
      ['CLASS', 2],
      ['WORKFLOW', 2],
      ['APPROVER', 2],
      ['WEEK', 2],
    ]);
    const [approver] = found.filter(({ by }) => by === 'APPROVER');
    expect(approver).toMatchObject({
      label: tenant.people.finance.email,
      figures: { approved: 0, medianSeconds: null },
    });
  });

  it('names for whom open requests wait, the worst first', async () => {
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    await past({ at: ago(9), status: 'PENDING', approvers: ['finance'] });
    await past({ at: ago(5), status: 'PENDING', approvers: ['finance', 'ann@example.com'] });
    await past({
      at: ago(7),
      status: 'PENDING',
      class: 'C',
      approvers: ['finance', 'security'],
      votes: [['finance', 5]],
    });
    await past({ at: ago(24 * 30), status: 'PENDING', approvers: ['owner'] });
    await past({ at: ago(30), status: 'EXPIRED', approvers: ['owner'] });
    const { bottlenecks } = await approvalAnalytics(tenant.as('viewer'), march);
    expect(bottlenecks.map(({ role, email, open }) => [role ?? email, open])).toEqual([
      ['finance', 2],
      ['security', 1],
      ['ann@example.com', 1],
    ]);
    expect(bottlenecks[0]?.longestSeconds).toBeCloseTo(9 * 3_600, -2);
    expect(bottlenecks[0]?.medianSeconds).toBeCloseTo(7 * 3_600, -2);
  });

  it('shows nothing of another organisation', async () => {
    await past({ at: '2026-03-02T00:00:00Z', status: 'APPROVED', votes: [['finance', 60]] });
    await past({ at: new Date().toISOString(), status: 'PENDING' });
    const other = await house.newTenant();
    const answer = await approvalAnalytics(other.as('owner'), march);
    expect(answer).toMatchObject({ all: { requested: 0 }, groups: [], bottlenecks: [] });
  });

  it('takes as many statements for much as for nothing', async () => {
    const statements = jest.spyOn(pg.Client.prototype, 'query');
    const count = async () => {
      statements.mockClear();
      await approvalAnalytics(tenant.as('viewer'), march);
      return statements.mock.calls.length;
    };
    const before = await count();
    for (let day = 10; day < 25; day += 1)
      await past({ at: `2026-03-${day}T00:00:00Z`, status: 'APPROVED', votes: [['finance', day]] });
    expect(await count()).toBe(before);
    statements.mockRestore();
  });

  it.each([
    ['period_invalid', march.from],
    ['period_too_long', new Date('2027-04-06T00:00:01Z')],
  ])('refuses a period: %s', async (reason, to) => {
    const call = approvalAnalytics(tenant.as('viewer'), { from: march.from, to });
    await expect(call).rejects.toMatchObject({ code: 'INVALID', reason, details: { field: 'to' } });
  });
});

const byId = (one: { label: string }, other: { label: string }) => {
  const idOf = ({ label }: { label: string }) =>
    Object.values(tenant.people).find(({ email }) => email === label)?.id ?? '';
  return idOf(one) < idOf(other) ? -1 : 1;
};
