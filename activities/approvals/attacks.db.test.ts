import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import { settle } from '../../workflows/approvals/settle.ts';
import type { DomainError } from '../../workflows/errors.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import type { Ctx, QueuedMessage } from '../context.ts';
import { createDispatcher } from '../outbox/index.ts';
import { createLogger } from '../log.ts';
import { authenticateApiKey, createApiKey } from '../tenancy/index.ts';
import { openAdminHouse, type AdminHouse } from '../testing.ts';
import { approvalActivities, decideByLink, readApprovalLink } from './index.ts';
import {
  approvalRequest,
  askedFor,
  auditRows,
  decideOn,
  delegate,
  idOf,
  linkTo,
  newMember,
  setRoles,
} from './testing.ts';

/*
 * The table of attacks on an approval. What happens inside a run (a request in a parallel branch, in a forEach item,
 * after a new history) stands in workflows/runs/approval-attacks.workflow.test.ts.
 */

let house: AdminHouse;
let tenant: AdminHouse['tenant'];
let admin: AdminHouse['admin'];
beforeAll(async () => {
  house = await openAdminHouse();
  ({ tenant, admin } = house);
});
afterAll(() => house.close());

const ask = (wanted: Parameters<typeof askedFor>[2], of = tenant) => askedFor(house, of, wanted);
const state = (request: ApprovalRequest) => approvalActivities(house.platform).readApproval(request);
const messagesFor = async ({ approvalId }: ApprovalRequest) => {
  const { rows } = await admin.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM outbox WHERE payload ->> 'approvalId' = $1",
    [approvalId],
  );
  return rows[0]?.n;
};
/** Nothing of the attack is left but the audit row of a refusal. */
async function untouched(request: ApprovalRequest): Promise<void> {
  expect(await state(request)).toEqual({ status: 'PENDING', decisions: [] });
  expect(await messagesFor(request)).toBe(0);
}
/** A call with a key of this person, as the API would make it. */
async function byKey(owner: Ctx, input: Parameters<typeof createApiKey>[1]): Promise<Ctx> {
  const all = permissionsOf(['owner']);
  const { token } = await createApiKey({ ...owner, permissions: all }, input);
  const found = await authenticateApiKey(house.database, token);
  if (found === null) throw new Error('the key does not sign in');
  return { ...owner, ...found };
}

describe('the table of attacks', () => {
  it('a replayed link decides nothing', async () => {
    const request = await ask({ class: 'C' });
    const token = await linkTo(house, request, tenant.people.finance.id);
    const send = () =>
      decideByLink(
        house.platform,
        { token, requestId: 'r' },
        { decision: 'APPROVE', reason: 'I checked it.' },
      );
    await send();
    await expect(send()).rejects.toMatchObject({ reason: 'link_used' });
    expect(await readApprovalLink(house.platform, token)).toEqual({ state: 'used' });
    expect((await state(request)).decisions).toHaveLength(1);
  });

  it('a link of one person does not decide for another, nor another request', async () => {
    const [request, other] = [await ask({ class: 'C' }), await ask({ class: 'C' })];
    const token = await linkTo(house, request, tenant.people.finance.id);
    await decideByLink(
      house.platform,
      { token, requestId: 'r' },
      { decision: 'APPROVE', reason: 'I checked it.' },
    );
    expect((await state(request)).decisions.map(({ personId }) => personId)).toEqual([
      tenant.people.finance.id,
    ]);
    await untouched(other);
  });

  it('a double vote counts once, and a change of mind is refused', async () => {
    const request = await ask({ class: 'C' });
    await decideOn(tenant.as('finance'), request);
    await decideOn(tenant.as('finance'), request);
    await expect(decideOn(tenant.as('finance'), request, { decision: 'DENY' })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'already_voted',
    });
    const { status, decisions } = await state(request);
    expect([status, decisions.length]).toEqual(['PENDING', 1]);
  });

  it('two people at once come to one outcome', async () => {
    for (let round = 0; round < 5; round += 1) {
      const request = await ask({ class: 'B' });
      const results = await Promise.allSettled([
        decideOn(tenant.as('finance'), request),
        decideOn(tenant.as('security'), request, { decision: 'DENY' }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await state(request)).decisions).toHaveLength(1);
      expect(await messagesFor(request)).toBe(1);
    }
  });

  it('self-approval through a second key of the same person is refused and counted', async () => {
    const fresh = await house.newTenant();
    const owner = fresh.as('owner');
    const request = await ask({ class: 'B', requesterId: fresh.people.owner.id }, fresh);
    const secondKey = await byKey(owner, { name: 'my other key' });
    await expect(decideOn(secondKey, request)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'self_approval',
    });
    expect(await auditRows(house, fresh, 'approval.refused')).toMatchObject([
      { details: { reason: 'self_approval' }, actor: { personId: fresh.people.owner.id } },
    ]);
    await untouched(request);
  });

  it('self-approval by making oneself a delegate is refused', async () => {
    const fresh = await house.newTenant();
    const request = await ask({ class: 'B', requesterId: fresh.people.finance.id }, fresh);
    await delegate(fresh.as('security'), fresh.as('finance'));
    await expect(decideOn(fresh.as('finance'), request)).rejects.toMatchObject({ reason: 'self_approval' });
    await untouched(request);
  });

  it('a service key decides nothing', async () => {
    const request = await ask({ class: 'B' });
    for (const service of [
      tenant.asService(['owner']),
      await byKey(tenant.as('owner'), { name: 'robot', service: true, roles: ['owner'] }),
    ])
      await expect(decideOn(service, request)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        reason: 'approval_needs_person',
      });
    await untouched(request);
  });

  it('a role removed after the request no longer decides', async () => {
    const member = await newMember(house, tenant, ['finance']);
    const request = await ask({ class: 'B', approvers: ['finance'] });
    const token = await linkTo(house, request, idOf(member));
    await setRoles(house, member, ['operator']);
    await expect(decideOn(member, request)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'not_an_approver',
    });
    await expect(
      decideByLink(house.platform, { token, requestId: 'r' }, { decision: 'APPROVE' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await untouched(request);
  });

  it('a changed hash is refused, by the database and by the run', async () => {
    const request = await ask({ class: 'B' });
    await expect(
      decideOn(tenant.as('finance'), request, { planHash: 'of another plan' }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'plan_changed',
    });
    await admin.query("UPDATE approval SET plan_hash = 'swapped' WHERE id = $1", [request.approvalId]);
    await expect(decideOn(tenant.as('finance'), request)).rejects.toMatchObject({ reason: 'plan_changed' });
    const seen = { ...request, planHash: 'swapped' };
    expect(await decideOn(tenant.as('finance'), seen)).toMatchObject({ status: 'APPROVED' });
    // The run knows its own plan: this yes is to another one.
    expect(settle(request, (await state(request)).decisions)).toBe('PENDING');
  });

  it('what expired a second ago is over, although the run has not closed it yet', async () => {
    const request = await ask({ class: 'B', requestedAt: Date.now() - 61_000, expiresInSeconds: 60 });
    await expect(decideOn(tenant.as('finance'), request)).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: 'approval_expired',
    });
    await untouched(request);
  });

  it('a foreign organisation finds nothing', async () => {
    const request = await ask({ class: 'B' });
    const other = await house.newTenant();
    await expect(decideOn(other.as('owner'), request)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'approval_not_found',
    });
    const stolen = { ...request, tenantId: other.tenantId };
    await expect(
      approvalActivities(house.platform).remindApprovers({ ...stolen, number: 1 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(approvalActivities(house.platform).escalateApproval(stolen)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await untouched(request);
  });

  it('somebody to whom it is escalated later does not decide before', async () => {
    const request = await ask({
      ...{ class: 'B', approvers: ['finance'] },
      ...{ escalateAfterSeconds: 60, escalateTo: ['security'] },
    });
    await expect(decideOn(tenant.as('security'), request)).rejects.toMatchObject({
      reason: 'not_an_approver',
    });
    await untouched(request);
  });

  it('a request made twice with other terms keeps the first ones', async () => {
    const request = await ask({ class: 'C', approvers: ['finance', 'security'] });
    const weaker = {
      ...approvalRequest(tenant, { class: 'B' }),
      approvalId: request.approvalId,
      runId: request.runId,
    };
    await approvalActivities(house.platform).requestApproval({ request: weaker });
    expect(await decideOn(tenant.as('finance'), request)).toMatchObject({
      status: 'PENDING',
      class: 'C',
      quorum: 2,
    });
  });

  it('a decision is never changed or deleted, not even past the verbs', async () => {
    const request = await ask({ class: 'C' });
    await decideOn(tenant.as('finance'), request);
    const { tenantId } = tenant;
    const where = { tenantId, approvalId: request.approvalId };
    for (const attack of [
      () =>
        house.database.withTenant(tenantId, (db) =>
          db.approvalDecision.updateMany({ where, data: { verdict: 'DENY' } }),
        ),
      () => house.database.withTenant(tenantId, (db) => db.approvalDecision.deleteMany({ where })),
    ])
      await expect(attack()).rejects.toThrow();
    expect((await state(request)).decisions).toMatchObject([{ verdict: 'APPROVE' }]);
  });

  it('the dispatcher killed between commit and signal: the sweep of another one tells the run, once', async () => {
    const request = await ask({ class: 'B' });
    // The process that decided dies right after its commit: what it should have sent stays in the outbox.
    const killed = { ...tenant.as('finance'), dispatcher: { dispatch: () => undefined } };
    await decideOn(killed, request);
    expect(await messagesFor(request)).toBe(1);
    const got: QueuedMessage[] = [];
    const [one, two] = [0, 1].map(() =>
      createDispatcher({
        database: house.database,
        send: async (message) => void got.push(message),
        log: createLogger({ level: 'silent', pretty: false }),
      }),
    );
    await admin.query('UPDATE outbox SET next_at = to_timestamp(0)');
    await Promise.all([one?.sweep(), two?.sweep()]);
    await Promise.all([one?.stop(), two?.stop()]);
    const mine = got.filter(
      ({ message }) => 'approvalId' in message && message.approvalId === request.approvalId,
    );
    expect(mine).toMatchObject([{ message: { kind: 'approvalDecided', runId: request.runId } }]);
    expect(await messagesFor(request)).toBe(0);
  });

  it('refusals name no secret and no stranger', async () => {
    const request = await ask({ class: 'B' });
    const refusal = await decideOn((await house.newTenant()).as('finance'), request).catch(
      (error: DomainError) => error,
    );
    expect(JSON.stringify(refusal)).not.toContain(tenant.people.finance.email);
    await expect(
      decideByLink(house.platform, { token: randomUUID(), requestId: 'r' }, { decision: 'DENY' }),
    ).rejects.toMatchObject({ reason: 'link_unknown' });
  });
});
