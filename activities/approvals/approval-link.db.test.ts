import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { approvalActivities, decideByLink, readApprovalLink, type LinkDecision } from './index.ts';
import { askedFor, auditRows, decideOn, delegate, linkTo, setRoles } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
let admin: pg.Client;
beforeAll(async () => {
  house = await openTestHouse();
  admin = new pg.Client({ connectionString: house.test.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await house.close();
});
beforeEach(async () => {
  tenant = await house.newTenant();
});

const ask = (wanted: Parameters<typeof askedFor>[2]) => askedFor(house, tenant, wanted);
const open = (token: string) => readApprovalLink(house.platform, token);
const decide = (token: string, more: Partial<LinkDecision> = {}) =>
  decideByLink(
    house.platform,
    { token, requestId: 'request-1' },
    { decision: 'APPROVE', reason: 'I checked it.', ...more },
  );
const state = (request: ApprovalRequest) => approvalActivities(house.platform).readApproval(request);
const linkFor = (request: ApprovalRequest, role: 'finance' | 'security' | 'viewer' | 'builder') =>
  linkTo(house, request, tenant.people[role].id);

describe('a link', () => {
  it('shows the request, and decides it as its person in that person’s roles', async () => {
    const request = await ask({ class: 'B' });
    const token = await linkFor(request, 'finance');
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await open(token)).toMatchObject({
      state: 'open',
      approval: { id: request.approvalId },
      person: { email: tenant.people.finance.email },
    });
    expect(await decide(token)).toMatchObject({ status: 'APPROVED' });
    expect(await state(request)).toMatchObject({
      status: 'APPROVED',
      decisions: [{ personId: tenant.people.finance.id, roles: ['finance'], reason: 'I checked it.' }],
    });
    const [audited] = await auditRows(house, tenant, 'approval.decide');
    expect(audited).toMatchObject({
      target: request.approvalId,
      actor: { kind: 'person', personId: tenant.people.finance.id },
      details: { decision: 'APPROVE', linkId: expect.any(String) },
    });
  });

  it('is kept as a hash only', async () => {
    const request = await ask({ class: 'B' });
    const token = await linkFor(request, 'finance');
    const { rows } = await admin.query<{ text: string; token_hash: Buffer }>(
      'SELECT l::text AS text, token_hash FROM approval_link l WHERE approval_id = $1',
      [request.approvalId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.text).not.toContain(token);
    expect(rows[0]?.token_hash).toEqual(createHash('sha256').update(token).digest());
  });

  it('changes nothing when it is opened, however often', async () => {
    const request = await ask({ class: 'B' });
    const token = await linkFor(request, 'finance');
    const before = await admin.query('SELECT * FROM approval_link');
    for (let i = 0; i < 3; i += 1) expect(await open(token)).toMatchObject({ state: 'open' });
    expect((await admin.query('SELECT * FROM approval_link')).rows).toEqual(before.rows);
    expect(await state(request)).toEqual({ status: 'PENDING', decisions: [] });
  });

  it('works once, also when it is sent twenty times at once', async () => {
    const request = await ask({ class: 'C' });
    const token = await linkFor(request, 'finance');
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => decide(token)));
    const lost = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(lost).toEqual(Array(19).fill(expect.objectContaining({ reason: 'link_used' })));
    expect((await state(request)).decisions).toHaveLength(1);
    expect(await open(token)).toEqual({ state: 'used' });
  });

  it('stays good after a try that was not taken', async () => {
    const request = await ask({ class: 'C' });
    const token = await linkFor(request, 'finance');
    await expect(decide(token, { reason: ' ' })).rejects.toMatchObject({ reason: 'reason_required' });
    expect(await open(token)).toMatchObject({ state: 'open' });
    expect(await decide(token)).toMatchObject({ status: 'PENDING' });
  });

  it.each(['', 'short', 'x'.repeat(43), 'x'.repeat(5_000), "' OR 1=1 --"])('%p is unknown', async (token) => {
    expect(await open(token)).toEqual({ state: 'unknown' });
    await expect(decide(token)).rejects.toMatchObject({ reason: 'link_unknown' });
  });

  it('lives as long as the request, and 7 days at most', async () => {
    const [short, long] = [
      await ask({ class: 'B', expiresInSeconds: 3_600 }),
      await ask({ class: 'B', expiresInSeconds: 30 * 86_400 }),
    ];
    await linkFor(short, 'finance');
    const token = await linkFor(long, 'finance');
    const { rows } = await admin.query<{ approval_id: string; life: number; expires_at: Date }>(
      'SELECT approval_id, expires_at, extract(epoch FROM expires_at - created_at)::float8 AS life FROM approval_link WHERE tenant_id = $1',
      [tenant.tenantId],
    );
    const of = ({ approvalId }: ApprovalRequest) => rows.find((row) => row.approval_id === approvalId);
    expect(of(short)?.expires_at.toISOString()).toBe(short.expiresAt);
    expect(of(long)?.life).toBe(7 * 86_400);
    await admin.query(
      "UPDATE approval_link SET expires_at = now() - interval '1 second' WHERE tenant_id = $1",
      [tenant.tenantId],
    );
    expect(await open(token)).toEqual({ state: 'expired' });
    await expect(decide(token)).rejects.toMatchObject({ reason: 'link_expired' });
    expect((await state(long)).decisions).toEqual([]);
  });

  it('is of no use once its plan is another one', async () => {
    const request = await ask({ class: 'B' });
    const token = await linkFor(request, 'finance');
    await admin.query('UPDATE approval SET plan_hash = $1 WHERE id = $2', ['another', request.approvalId]);
    expect(await open(token)).toEqual({ state: 'expired' });
    await expect(decide(token)).rejects.toMatchObject({ reason: 'plan_changed' });
  });

  it('decides with the roles held now, by the rules for everybody', async () => {
    const request = await ask({ class: 'B', requesterId: tenant.people.security.id });
    const [finance, security] = [await linkFor(request, 'finance'), await linkFor(request, 'security')];
    await expect(decide(security)).rejects.toMatchObject({ reason: 'self_approval' });
    await setRoles(house, tenant.as('finance'), ['viewer']);
    expect(await open(finance)).toMatchObject({
      state: 'closed',
      message: expect.stringContaining('can decide'),
    });
    await expect(decide(finance)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await auditRows(house, tenant, 'approval.refused')).toHaveLength(1);
    expect((await state(request)).decisions).toEqual([]);
  });

  it('of somebody who left is unknown', async () => {
    const request = await ask({ class: 'B' });
    const token = await linkFor(request, 'finance');
    const { tenantId } = tenant;
    await house.database.withTenant(tenantId, (db) =>
      db.member.deleteMany({ where: { tenantId, personId: tenant.people.finance.id } }),
    );
    expect(await open(token)).toEqual({ state: 'unknown' });
    await expect(decide(token)).rejects.toMatchObject({ reason: 'link_unknown' });
  });

  it('of a delegate decides for the delegator', async () => {
    await delegate(tenant.as('finance'), tenant.as('viewer'));
    const request = await ask({ class: 'B', approvers: ['finance'] });
    expect(await decide(await linkFor(request, 'viewer'))).toMatchObject({
      decisions: [{ onBehalfOfId: tenant.people.finance.id, onBehalfOfEmail: tenant.people.finance.email }],
    });
  });

  it('after the same decision in the inbox is spent without another vote', async () => {
    const request = await ask({ class: 'C' });
    const token = await linkFor(request, 'finance');
    await decideOn(tenant.as('finance'), request);
    expect(await open(token)).toMatchObject({ state: 'closed' });
    expect(await decide(token)).toMatchObject({ status: 'PENDING' });
    expect((await state(request)).decisions).toHaveLength(1);
    await expect(decide(token)).rejects.toMatchObject({ reason: 'link_used' });
  });
});
