import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApprovalPlan } from '../../workflows/approvals/model.ts';
import type { WorkflowId } from '../../workflows/ids.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { decideApprovals, getApproval, listApprovals } from './index.ts';
import { askedFor, auditRows, decideOn } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});

const workflow = { id: randomUUID() as WorkflowId, name: 'Refund', version: 1, hash: 'h' };
const ask = (more: Partial<Parameters<typeof askedFor>[2]> = {}, plan: Partial<ApprovalPlan> = {}) =>
  askedFor(house, tenant, { class: 'B', ...more, plan: { workflow, ...plan } });

/** The content hash of a request, as the inbox shows it. */
const contentHash = async (id: string) => (await getApproval(tenant.as('viewer'), { id })).contentHash ?? '';

describe('the content hash', () => {
  it('is equal for requests that ask for the same in other runs, steps and for other people', async () => {
    const [one, other] = [await ask(), await ask({ requesterId: null }, { path: 'each[4]/gate' })];
    expect(one.runId).not.toBe(other.runId);
    expect(await contentHash(one.approvalId)).toBe(await contentHash(other.approvalId));
    expect(await contentHash((await ask({}, { title: 'Refund 121' })).approvalId)).not.toBe(
      await contentHash(one.approvalId),
    );
  });

  it('counts and filters what is pending', async () => {
    const requests = [await ask(), await ask(), await ask(), await ask({}, { title: 'Else' })];
    const [first] = requests;
    const hash = await contentHash(first?.approvalId ?? '');
    await decideOn(tenant.as('finance'), requests[2]!);
    expect(await getApproval(tenant.as('viewer'), { id: first!.approvalId })).toMatchObject({
      identicalPending: 2,
    });
    const page = await listApprovals(tenant.as('viewer'), { first: 10, filter: { contentHash: hash } });
    expect(page.items.map(({ node }) => node.id).sort()).toEqual(
      requests
        .slice(0, 3)
        .map(({ approvalId }) => approvalId)
        .sort(),
    );
    expect(page.items.map(({ node }) => node.identicalPending)).toEqual([2, 2, 2]);
  });
});

describe('decideApprovals', () => {
  it('decides each by the rules: what is refused undoes no other', async () => {
    const mine = await ask({ requesterId: tenant.people.finance.id });
    const [open, expired, over] = [
      await ask(),
      await ask({ requestedAt: Date.now() - 5 * 86_400_000 }),
      await ask(),
    ];
    await decideOn(tenant.as('operator'), over, { decision: 'DENY' });
    const requests = [mine, open, expired, over];
    const results = await decideApprovals(tenant.as('finance'), {
      approvalIds: requests.map(({ approvalId }) => approvalId),
      decision: 'APPROVE',
      contentHash: await contentHash(open.approvalId),
    });
    expect(results.map(({ approvalId, approval, reason }) => [approvalId, approval?.status, reason])).toEqual(
      [
        [mine.approvalId, undefined, 'self_approval'],
        [open.approvalId, 'APPROVED', null],
        [expired.approvalId, undefined, 'approval_expired'],
        [over.approvalId, undefined, 'approval_already_decided'],
      ],
    );
    expect(results[0]?.message).toContain('somebody else');
    expect(await auditRows(house, tenant, 'approval.refused')).toHaveLength(1);
    expect(await auditRows(house, tenant, 'approval.decide')).toHaveLength(2);
  });

  it('decides nothing when one of them asks for something else, is unknown or foreign', async () => {
    const [one, two, strange] = [await ask(), await ask(), await ask({}, { title: 'Else' })];
    const foreign = await askedFor(house, await house.newTenant(), { class: 'B', plan: { workflow } });
    const hash = await contentHash(one.approvalId);
    const call = (...ids: string[]) =>
      decideApprovals(tenant.as('finance'), {
        approvalIds: [one.approvalId, two.approvalId, ...ids],
        ...{ decision: 'APPROVE', contentHash: hash },
      });
    await expect(call(strange.approvalId)).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'content_differs',
    });
    for (const id of [foreign.approvalId, randomUUID()])
      await expect(call(id)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'approval_not_found' });
    await expect(call(one.approvalId)).rejects.toMatchObject({ code: 'INVALID' });
    expect(await auditRows(house, tenant, 'approval.decide')).toHaveLength(0);
  });

  it('takes 1 to 200, and needs the permission', async () => {
    const given = { decision: 'APPROVE', contentHash: 'x' } as const;
    const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
    for (const approvalIds of [ids(0), ids(201)])
      await expect(decideApprovals(tenant.as('finance'), { ...given, approvalIds })).rejects.toMatchObject({
        code: 'INVALID',
      });
    await expect(
      decideApprovals(tenant.as('viewer'), { ...given, approvalIds: ids(1) }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'permission_missing',
    });
  });

  it('gives the same answer for the same key, and decides 200 at once', async () => {
    const requests = [];
    for (let i = 0; i < 200; i += 1) requests.push(await ask());
    const input = {
      approvalIds: requests.map(({ approvalId }) => approvalId),
      ...{
        decision: 'DENY' as const,
        reason: 'Not now',
        contentHash: await contentHash(requests[0]!.approvalId),
      },
    };
    const first = await decideApprovals(tenant.as('finance'), input, 'my key');
    expect(first.every(({ approval }) => approval?.status === 'DENIED')).toBe(true);
    const again = await decideApprovals(tenant.as('finance'), input, 'my key');
    expect(again).toEqual(JSON.parse(JSON.stringify(first)));
    expect(await auditRows(house, tenant, 'approval.decide')).toHaveLength(200);
    await expect(
      decideApprovals(tenant.as('finance'), { ...input, decision: 'APPROVE' }, 'my key'),
    ).resolves.toMatchObject(Array(200).fill({ approval: null, reason: 'idempotency_key_reused' }));
  }, 60_000);
});
