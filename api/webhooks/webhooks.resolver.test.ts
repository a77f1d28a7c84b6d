import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hookedWorkflow, hookFlow, syncHook, tokenOf } from '../../activities/webhooks/testing.ts';
import { toGlobalId } from '../global-id.ts';
import { openHookBench, type HookBench } from '../testing/hook-bench.ts';

let bench: HookBench;
let api: HookBench['api'];
let tenant: HookBench['tenant'];
beforeAll(async () => {
  bench = await openHookBench();
  ({ api, tenant } = bench);
});
afterAll(() => bench.api.close());

describe('signatures', () => {
  const verify = async (workflowId: string, scheme: string, secret: string | null) => {
    const { data, errors } = await api.graphql(
      {
        query: `mutation ($input: SetWebhookVerificationInput!) { setWebhookVerification(input: $input) { scheme hasSecret } }`,
        variables: { input: { workflowId: toGlobalId('Workflow', workflowId), scheme, secret } },
      },
      bench.key,
    );
    return errors[0]?.extensions.reason ?? data?.['setWebhookVerification'];
  };
  const github = (secret: string, body: string) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  });
  const secret = 'canary-of-the-sender';

  it('are demanded from the moment that they are set, and a new secret replaces the old one', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    expect(await verify(workflowId, 'GITHUB', secret)).toEqual({ scheme: 'GITHUB', hasSecret: true });
    expect((await bench.send(token, {})).status).toBe(401);
    expect((await bench.call(token, { body: '{}', headers: github(secret, '{}') })).status).toBe(202);
    expect((await bench.call(token, { body: '{ }', headers: github(secret, '{}') })).status).toBe(401);
    await verify(workflowId, 'GITHUB', 'canary-of-the-sender-2');
    expect((await bench.call(token, { body: '{}', headers: github(secret, '{}') })).status).toBe(401);
    expect(await verify(workflowId, 'NONE', null)).toEqual({ scheme: 'NONE', hasSecret: false });
    expect((await bench.send(token, {})).status).toBe(202);
  });

  it.each([
    ['GITHUB', null, 'secret_required'],
    ['GITHUB', 'short', 'secret_unusable'],
    ['GITHUB', '', 'input_invalid'],
    ['STANDARD_WEBHOOKS', 'whsec_not base64 at all', 'secret_unusable'],
    ['NONE', secret, 'secret_not_needed'],
  ])('by %s with the secret %p are refused: %s', async (scheme, given, reason) => {
    const { workflowId } = await hookedWorkflow(tenant);
    expect(await verify(workflowId, scheme, given)).toBe(reason);
  });

  it.each([
    ['no secret', { scheme: 'github', secret: null }, 'secret_missing'],
    ['a secret that does not open', { scheme: 'github', secret: Buffer.from('broken') }, 'secret_missing'],
    ['a scheme that is not known', { scheme: 'later' }, 'scheme_unknown'],
  ])('fail closed: a row with %s takes no call', async (_what, data, reason) => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await api.house.database.withTenant(tenant.tenantId, (db) =>
      db.webhook.updateMany({ where: { workflowId }, data }),
    );
    for (const given of ['', secret]) {
      const answer = await bench.call(token, { body: '{}', headers: github(given, '{}') });
      expect([answer.status, answer.json.error?.reason]).toEqual([401, reason]);
    }
    expect(await bench.runsOf(workflowId)).toBe(0);
  });

  it('of Stripe make the event id the bench.key, whatever an unsigned header says', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await verify(workflowId, 'STRIPE', secret);
    const body = JSON.stringify({ id: `evt_${randomUUID()}` });
    const time = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    const headers = { 'stripe-signature': `t=${time},v1=${signature}` };
    const first = await bench.call(token, { body, headers });
    const replay = await bench.call(token, { body, headers: { ...headers, 'idempotency-key': 'new' } });
    expect(first.status).toBe(202);
    expect(replay.json).toEqual({ runId: first.json.runId, duplicate: true });
  });
});

describe('the address', () => {
  it('is shown to who may start runs, and to nobody while the webhook is closed', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const url = `${api.url}/hooks/${token}`;
    expect(await bench.webhook(workflowId)).toMatchObject({
      webhook: { url, disabled: false },
      workflow: { webhookUrl: url },
    });
    const viewer = await api.keyOf(tenant, 'viewer');
    expect(await bench.webhook(workflowId, viewer)).toMatchObject({
      webhook: { url: null },
      workflow: { webhookUrl: null },
    });
    await syncHook(tenant.as('owner'), { workflowId, flow: null });
    expect(await bench.webhook(workflowId)).toMatchObject({
      webhook: { url: null, disabled: true },
      workflow: { webhookUrl: null },
    });
    await syncHook(tenant.as('owner'), { workflowId, flow: hookFlow() });
    expect((await bench.webhook(workflowId)).workflow.webhookUrl).toBe(url);
  });

  it('is replaced by rotation, and the old one stops at once', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const query = `mutation ($input: RotateWebhookInput!) { rotateWebhook(input: $input) { url rotatedAt } }`;
    const input = { workflowId: toGlobalId('Workflow', workflowId) };
    const { data } = await api.graphql({ query, variables: { input } }, bench.key);
    const { url } = data?.['rotateWebhook'] as { url: string };
    const now = await tokenOf(tenant.as('owner'), workflowId);
    expect(url).toBe(`${api.url}/hooks/${now}`);
    expect((await bench.send(token, {})).status).toBe(404);
    expect((await bench.send(now, {})).status).toBe(202);
  });

  it('is in no log', async () => {
    const { token } = await hookedWorkflow(tenant);
    await bench.send(token, {});
    await bench.call(token, { method: 'GET' });
    await bench.call(`${token}/more`);
    await bench.call(token, { body: '{' });
    const lines = api.logged.join('\n');
    expect(lines).toContain('"operation":"POST /hooks/:token"');
    expect(lines).not.toContain(token);
    expect(lines).not.toContain('canary');
  });
});

describe('the log of deliveries', () => {
  it('is read page by page, newest first', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    for (let i = 0; i < 12; i += 1) await bench.send(token, i);
    const one = (await bench.webhook(workflowId)).webhook?.deliveries;
    const two = (await bench.webhook(workflowId, bench.key, one?.pageInfo.endCursor)).webhook?.deliveries;
    expect(one?.edges.map(({ node }) => node['bytes'])).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(two?.edges).toHaveLength(2);
  });

  it('holds no body, header or secret', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await bench.send(token, { text: 'canary-body' }, { 'x-secret': 'canary-header' });
    const rows = await api.house.database.withTenant(tenant.tenantId, (db) => db.webhookDelivery.findMany());
    expect(JSON.stringify([rows, await bench.logOf(workflowId)])).not.toContain('canary');
  });
});
