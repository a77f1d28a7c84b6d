import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import { settle } from '../../workflows/approvals/settle.ts';
import type { DomainError } from '../../workflows/errors.ts';
import type { PersonId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { Ctx } from '../context.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { approvalActivities, decideApproval } from './index.ts';
import { askedFor, decideOn, messagesTo, newMember } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
  tenant = await house.newTenant();
});
afterAll(() => house.close());

const ask = (wanted: Parameters<typeof askedFor>[2]) => askedFor(house, tenant, wanted);
const state = (request: ApprovalRequest) => approvalActivities(house.platform).readApproval(request);
const messages = (request: ApprovalRequest) => messagesTo(house, request);
const audited = (request: ApprovalRequest, action: string) =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.auditEvent.findMany({ where: { tenantId: tenant.tenantId, target: request.approvalId, action } }),
  );
const refusal = (code: string, reason: string) => expect.objectContaining({ code, reason });

describe('decideApproval', () => {
  it('approves a Class B request with one approval, and tells the run', async () => {
    const request = await ask({ class: 'B' });
    const view = await decideOn(tenant.as('finance'), request, { reason: ' ' });
    const { id, email, name } = tenant.people.finance;
    expect(view).toMatchObject({
      id: request.approvalId,
      status: 'APPROVED',
      missing: null,
      canDecide: false,
    });
    expect(view.decisions).toEqual([
      {
        personId: id,
        personEmail: email,
        person: { id, email, name },
        onBehalfOfId: null,
        onBehalfOf: null,
        onBehalfOfEmail: null,
        roles: ['finance'],
        verdict: 'APPROVE',
        reason: null,
        answers: null,
        decidedAt: view.closedAt,
      },
    ]);
    expect(await messages(request)).toMatchObject([
      { kind: 'approvalDecided', payload: { runId: request.runId, approvalId: request.approvalId } },
    ]);
    expect(house.dispatched.at(-1)?.message).toEqual({
      kind: 'approvalDecided',
      runId: request.runId,
      approvalId: request.approvalId,
    });
    expect(await audited(request, 'approval.decide')).toHaveLength(1);
    const after = await state(request);
    expect(settle(request, after.decisions)).toBe('APPROVED');
  });

  it('denies with one denial, in any class', async () => {
    const request = await ask({ class: 'C' });
    const view = await decideOn(tenant.as('owner'), request, { decision: 'DENY', reason: 'Too much.' });
    expect(view).toMatchObject({ status: 'DENIED', decisions: [{ verdict: 'DENY', reason: 'Too much.' }] });
    expect(await messages(request)).toHaveLength(1);
  });

  it('approves a Class C request with two people of different roles', async () => {
    const request = await ask({ class: 'C' });
    const first = await decideOn(tenant.as('finance'), request);
    expect(first).toMatchObject({
      status: 'PENDING',
      missing: '1 of 2 approvals; the next must come from another person, in another role than finance.',
      canDecide: false,
      whyNot: { reason: 'already_voted' },
    });
    expect(await messages(request)).toHaveLength(0);
    expect(await decideOn(tenant.as('security'), request)).toMatchObject({ status: 'APPROVED' });
    expect(await messages(request)).toHaveLength(1);
    expect(settle(request, (await state(request)).decisions)).toBe('APPROVED');
  });

  it('takes the same decision again and changes nothing', async () => {
    const request = await ask({ class: 'B' });
    const first = await decideOn(tenant.as('finance'), request);
    expect(await decideOn(tenant.as('finance'), request)).toEqual(first);
    expect(await messages(request)).toHaveLength(1);
    expect((await state(request)).decisions).toHaveLength(1);
  });

  it('gives the same answer to the same idempotency key', async () => {
    const { approvalId, planHash } = await ask({ class: 'B' });
    const call = () =>
      decideApproval(tenant.as('admin'), { approvalId, planHash, decision: 'APPROVE' }, approvalId);
    expect(await call()).toEqual(await call());
  });
});

describe('decideApproval refuses', () => {
  it.each<[string, Parameters<typeof ask>[0], Role, string, string]>([
    ['the requester', { class: 'B', requesterId: null }, 'owner', 'FORBIDDEN', 'self_approval'],
    [
      'a role that is not asked',
      { class: 'B', approvers: ['security'] },
      'finance',
      'FORBIDDEN',
      'not_an_approver',
    ],
    ['a viewer', { class: 'B' }, 'viewer', 'FORBIDDEN', 'permission_missing'],
    ['a builder', { class: 'B' }, 'builder', 'FORBIDDEN', 'permission_missing'],
    [
      'a second after the end',
      { class: 'B', requestedAt: Date.now() - 2_000, expiresInSeconds: 1 },
      'owner',
      'PRECONDITION_FAILED',
      'approval_expired',
    ],
  ])('%s', async (_, wanted, role, code, reason) => {
    const self = reason === 'self_approval' ? { requesterId: tenant.people[role].id } : {};
    const request = await ask({ ...wanted, ...self });
    await expect(decideOn(tenant.as(role), request)).rejects.toEqual(refusal(code, reason));
    expect(await state(request)).toEqual({ status: 'PENDING', decisions: [] });
    expect(await messages(request)).toHaveLength(0);
    const counted = code === 'FORBIDDEN' && reason !== 'permission_missing';
    const rows = await audited(request, 'approval.refused');
    expect(rows.map((row) => row.details)).toEqual(counted ? [{ reason, decision: 'APPROVE' }] : []);
  });

  it('the requester behind a second key', async () => {
    const request = await ask({ class: 'B', requesterId: tenant.people.operator.id });
    const ctx = tenant.as('operator');
    if (ctx.actor.kind !== 'person') throw new Error('unreachable');
    const second: Ctx = { ...ctx, actor: { ...ctx.actor, name: 'Another name', apiKeyId: randomUUID() } };
    await expect(decideOn(second, request)).rejects.toEqual(refusal('FORBIDDEN', 'self_approval'));
    await expect(decideOn(second, request, { decision: 'DENY' })).rejects.toEqual(
      refusal('FORBIDDEN', 'self_approval'),
    );
    expect(await audited(request, 'approval.refused')).toHaveLength(2);
  });

  it('a service key, whatever its roles', async () => {
    const request = await ask({ class: 'B' });
    await expect(decideOn(tenant.asService(['owner', 'finance']), request)).rejects.toEqual(
      refusal('FORBIDDEN', 'approval_needs_person'),
    );
    expect(await audited(request, 'approval.refused')).toHaveLength(1);
  });

  it('a role that was taken away after the request, even when the sign-in still has it', async () => {
    const request = await ask({ class: 'B', approvers: ['finance'] });
    const ctx = await newMember(house, tenant, ['finance', 'operator']);
    const { tenantId } = tenant;
    const personId = (ctx.actor as { personId: PersonId }).personId;
    await house.database.withTenant(tenantId, (db) =>
      db.member.updateMany({ where: { tenantId, personId }, data: { roles: ['operator'] } }),
    );
    await expect(decideOn(ctx, request)).rejects.toEqual(refusal('FORBIDDEN', 'not_an_approver'));
    await house.database.withTenant(tenantId, (db) =>
      db.member.deleteMany({ where: { tenantId, personId } }),
    );
    await expect(decideOn(ctx, request)).rejects.toEqual(refusal('FORBIDDEN', 'not_an_approver'));
  });

  it('a key in a role of its person that the key was not given', async () => {
    const request = await ask({ class: 'B', approvers: ['finance'] });
    const ctx = await newMember(house, tenant, ['finance', 'operator']);
    const key = {
      ...(ctx.actor as { kind: 'person' }),
      roles: ['operator'],
      apiKeyId: randomUUID(),
    } as Ctx['actor'];
    await expect(decideOn({ ...ctx, actor: key }, request)).rejects.toEqual(
      refusal('FORBIDDEN', 'not_an_approver'),
    );
    expect(await decideOn(ctx, request)).toMatchObject({ status: 'APPROVED' });
  });

  it('another plan than the one that waits', async () => {
    const request = await ask({ class: 'B' });
    await expect(decideOn(tenant.as('owner'), request, { planHash: 'older' })).rejects.toEqual(
      refusal('CONFLICT', 'plan_changed'),
    );
    expect((await state(request)).decisions).toEqual([]);
  });

  it('a Class C decision without a reason', async () => {
    const request = await ask({ class: 'C' });
    for (const reason of [null, undefined, '', ' \n ']) {
      const error = await decideOn(tenant.as('owner'), request, { reason }).catch(
        (thrown: DomainError) => thrown,
      );
      expect(error).toMatchObject({
        code: 'INVALID',
        reason: 'reason_required',
        details: { field: 'reason' },
      });
    }
    expect((await state(request)).decisions).toEqual([]);
  });

  it('a second, other decision of the same person', async () => {
    const request = await ask({ class: 'C' });
    await decideOn(tenant.as('finance'), request);
    await expect(decideOn(tenant.as('finance'), request, { decision: 'DENY' })).rejects.toEqual(
      refusal('CONFLICT', 'already_voted'),
    );
    expect(await state(request)).toMatchObject({ status: 'PENDING', decisions: [{ verdict: 'APPROVE' }] });
  });

  it('a second role-mate to complete Class C', async () => {
    const request = await ask({ class: 'C' });
    await decideOn(tenant.as('finance'), request);
    const view = await decideOn(await newMember(house, tenant, ['finance']), request);
    expect(view).toMatchObject({ status: 'PENDING', decisions: [{}, {}] });
    expect(await messages(request)).toHaveLength(0);
  });

  it('what was decided, expired or withdrawn before', async () => {
    const decided = await ask({ class: 'B' });
    await decideOn(tenant.as('finance'), decided, { decision: 'DENY' });
    const error = await decideOn(tenant.as('owner'), decided).catch((thrown: DomainError) => thrown);
    const { id, name } = tenant.people.finance;
    expect(error).toMatchObject({
      code: 'CONFLICT',
      reason: 'approval_already_decided',
      details: { status: 'DENIED', decidedBy: [{ id, name, verdict: 'DENY' }] },
    });
    const [expired, withdrawn] = [await ask({ class: 'B' }), await ask({ class: 'B' })];
    await approvalActivities(house.platform).closeApproval({ ...expired, as: 'EXPIRED' });
    await approvalActivities(house.platform).closeApproval({ ...withdrawn, as: 'WITHDRAWN' });
    await expect(decideOn(tenant.as('owner'), expired)).rejects.toEqual(
      refusal('PRECONDITION_FAILED', 'approval_expired'),
    );
    await expect(decideOn(tenant.as('owner'), withdrawn)).rejects.toEqual(
      refusal('CONFLICT', 'approval_already_decided'),
    );
  });

  it('another organisation, with the same answer as for an unknown id', async () => {
    const request = await ask({ class: 'B' });
    const other = await house.newTenant();
    await expect(decideOn(other.as('owner'), request)).rejects.toEqual(
      refusal('NOT_FOUND', 'approval_not_found'),
    );
    await expect(
      decideOn(tenant.as('owner'), { ...request, approvalId: randomUUID() as never }),
    ).rejects.toEqual(refusal('NOT_FOUND', 'approval_not_found'));
    expect(await state(request)).toMatchObject({ status: 'PENDING' });
  });

  it.each([
    ['approvalId', { approvalId: 'x' }],
    ['decision', { decision: 'MAYBE' as 'DENY' }],
    ['reason', { reason: 'a\u0000b' }],
    ['reason', { reason: 'x'.repeat(2_001) }],
    ['planHash', { planHash: 'x'.repeat(201) }],
  ])('a broken %s', async (field, broken) => {
    const request = await ask({ class: 'B' });
    const error = await decideOn(tenant.as('owner'), request, broken).catch((thrown: DomainError) => thrown);
    expect(error).toMatchObject({ code: 'INVALID', reason: 'input_invalid', details: { field } });
  });
});
