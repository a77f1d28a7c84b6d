import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Ctx } from '../context.ts';
import { archiveWorkflow, publishWorkflow } from '../publishing/index.ts';
import { createWorkflow, saveDraft } from '../definitions/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { KEPT_DELIVERIES } from './delivery-rows.ts';
import {
  findHook,
  getWebhook,
  listWebhookDeliveries,
  receiveCall,
  setWebhookVerification,
  type IncomingCall,
} from './index.ts';
import { hookedWorkflow, hookFlow, tokenOf } from './testing.ts';
import { listAuditEvents } from '../tenancy/index.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { JsonObject } from '../../workflows/json.ts';

let house: TestHouse;
let tenant: TestTenant;
let owner: Ctx;
beforeAll(async () => {
  house = await openTestHouse();
  tenant = await house.newTenant();
  owner = tenant.as('owner');
});
afterAll(() => house.close());

const call = (token: string, body = '{}', headers: Record<string, string> = {}): IncomingCall => ({
  ...{ token, method: 'POST', query: '', bytes: Buffer.from(body) },
  headers: { 'content-type': 'application/json', ...headers },
});
const hook = async (token: string): Promise<Ctx> => {
  const found = await findHook(house.platform, { token, requestId: randomUUID() });
  if (!found) throw new Error('There is no such webhook');
  return found;
};
const rowOf = (workflowId: string) =>
  house.database.withTenant(tenant.tenantId, (db) => db.webhook.findFirst({ where: { workflowId } }));

describe('the webhook of a workflow', () => {
  it('follows its newest version, and keeps its address', async () => {
    const plain = { ...hookFlow(), triggers: [] } as unknown as JsonObject;
    const hooked = hookFlow() as unknown as JsonObject;
    const { id: workflowId, draft } = await createWorkflow(owner, { name: 'Follows', definition: plain });
    const publish = async (definition: JsonObject, basedOnHash: string) => {
      const saved = await saveDraft(owner, { workflowId, definition, basedOnHash });
      await publishWorkflow(owner, { workflowId });
      return saved.draft.hash;
    };
    await publishWorkflow(owner, { workflowId });
    expect(await getWebhook(owner, { workflowId })).toBeNull();

    const second = await publish(hooked, draft.hash);
    const token = await tokenOf(owner, workflowId);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await getWebhook(owner, { workflowId })).toMatchObject({ disabled: false, scheme: 'none' });

    const third = await publish({ ...plain, output: 2 }, second);
    expect(await getWebhook(owner, { workflowId })).toMatchObject({ disabled: true });
    expect(await tokenOf(owner, workflowId)).toBe('closed');
    expect(await receiveCall(await hook(token), call(token))).toMatchObject({
      problem: { status: 404, reason: 'webhook_disabled' },
    });

    await publish({ ...hooked, output: 3 }, third);
    expect(await tokenOf(owner, workflowId)).toBe(token);
    await archiveWorkflow(owner, { workflowId });
    expect(await tokenOf(owner, workflowId)).toBe('closed');
  });

  it('keeps token and secret sealed', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const secret = 'canary-of-the-sender';
    await setWebhookVerification(owner, { workflowId, scheme: 'github', secret });
    const row = await rowOf(workflowId);
    for (const hidden of [token, secret]) {
      expect(Buffer.from(row?.token ?? []).includes(hidden)).toBe(false);
      expect(Buffer.from(row?.secret ?? []).includes(hidden)).toBe(false);
    }
  });

  it('takes no secret that was moved from another row', async () => {
    const [one, two] = [await hookedWorkflow(tenant), await hookedWorkflow(tenant)];
    for (const { workflowId } of [one, two])
      await setWebhookVerification(owner, {
        workflowId,
        scheme: 'github',
        secret: `secret of ${workflowId}`,
      });
    const moved = await rowOf(one.workflowId);
    await house.database.withTenant(tenant.tenantId, (db) =>
      db.webhook.updateMany({
        where: { workflowId: two.workflowId },
        data: { secret: moved?.secret ?? null },
      }),
    );
    expect(await receiveCall(await hook(two.token), call(two.token))).toMatchObject({
      problem: { status: 401, reason: 'secret_missing' },
    });
  });
});

describe('a call', () => {
  it('is audited as the start of a run by the webhook, after whose commit the run is sent off', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const ctx = await hook(token);
    const received = await receiveCall(ctx, call(token));
    if (!('runId' in received)) throw new Error('The call was refused');
    const { items } = await listAuditEvents(tenant.as('security'), { action: 'run.start', first: 1 });
    expect(items[0]?.node).toMatchObject({
      actor: ctx.actor,
      target: received.runId,
      requestId: ctx.requestId,
      details: { workflowId, version: 1 },
    });
    expect(house.dispatched.at(-1)?.message).toMatchObject({ kind: 'startRun', runId: received.runId });
  });

  it('that comes again leaves no audit row and sends nothing', async () => {
    const { token } = await hookedWorkflow(tenant);
    const headers = { 'idempotency-key': 'once' };
    await receiveCall(await hook(token), call(token, '{}', headers));
    const count = async () => (await listAuditEvents(tenant.as('security'), { first: 100 })).items.length;
    const before = [await count(), house.dispatched.length];
    expect(await receiveCall(await hook(token), call(token, '{}', headers))).toMatchObject({
      duplicate: true,
    });
    expect([await count(), house.dispatched.length]).toEqual(before);
  });

  it('that cannot start the workflow as things stand says so, without the reason of its people', async () => {
    const name = 'canary workflow';
    const called = await createWorkflow(owner, { name, definition: hookFlow() as unknown as JsonObject });
    await publishWorkflow(owner, { workflowId: called.id });
    const steps = [{ id: 'sub', kind: 'callWorkflow', with: { workflow: name } }];
    const { token } = await hookedWorkflow(tenant, { steps: steps as Flow['steps'] });
    await archiveWorkflow(owner, { workflowId: called.id });
    const received = await receiveCall(await hook(token), call(token));
    expect(received).toMatchObject({ problem: { status: 503, reason: 'definition_invalid' } });
    expect(JSON.stringify(received)).not.toContain('canary');
  });

  it('knows no token of another kind', async () => {
    const other = await findHook(house.platform, { token: '', requestId: 'r' });
    expect(other).toBeNull();
  });
});

describe('the log of deliveries', () => {
  const log = async (workflowId: string, ago: string, columns: { outcome: string; keyed: boolean }) => {
    const row = await rowOf(workflowId);
    await house.database.withTenant(
      tenant.tenantId,
      (db) => db.$executeRaw`
      INSERT INTO webhook_delivery (tenant_id, id, webhook_id, received_at, bytes, outcome, http_status, event_key)
      SELECT ${tenant.tenantId}::uuid, gen_random_uuid(), ${row?.id}::uuid, now() - ${ago}::interval - i * interval '1 second',
             0, ${columns.outcome}, 202, CASE WHEN ${columns.keyed} THEN 'old-' || i END
      FROM generate_series(1, ${KEPT_DELIVERIES + 10}) AS i`,
    );
  };
  const countOf = async (workflowId: string, outcome: string) => {
    const webhookId = (await rowOf(workflowId))?.id ?? '';
    return house.database.withTenant(tenant.tenantId, (db) =>
      db.webhookDelivery.count({ where: { webhookId, outcome } }),
    );
  };

  it('keeps the newest of each outcome, and pushes out the oldest', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await log(workflowId, '2 days', { outcome: 'accepted', keyed: true });
    await log(workflowId, '1 hour', { outcome: 'refused', keyed: false });
    await receiveCall(await hook(token), call(token));
    expect(await countOf(workflowId, 'accepted')).toBe(KEPT_DELIVERIES);
    expect(await countOf(workflowId, 'refused')).toBe(KEPT_DELIVERIES + 10);
    await receiveCall(await hook(token), call(token, '{'));
    expect(await countOf(workflowId, 'accepted')).toBe(KEPT_DELIVERIES);
    expect(await countOf(workflowId, 'refused')).toBe(KEPT_DELIVERIES);
    const newest = await listWebhookDeliveries(owner, {
      webhookId: (await rowOf(workflowId))?.id ?? '',
      first: 2,
    });
    expect(newest.items.map(({ node }) => node.reason)).toEqual(['body_not_json', null]);
  });

  it('keeps every key for a day, so that nobody makes room for a repetition', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await log(workflowId, '1 hour', { outcome: 'accepted', keyed: true });
    await receiveCall(await hook(token), call(token));
    expect(await countOf(workflowId, 'accepted')).toBe(KEPT_DELIVERIES + 11);
  });

  it('of another organisation is empty', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await receiveCall(await hook(token), call(token));
    const webhookId = (await rowOf(workflowId))?.id ?? '';
    const stranger = (await house.newTenant()).as('owner');
    expect((await listWebhookDeliveries(stranger, { webhookId })).items).toEqual([]);
    await expect(getWebhook(stranger, { workflowId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await tokenOf(stranger, workflowId)).toBe('closed');
  });
});
