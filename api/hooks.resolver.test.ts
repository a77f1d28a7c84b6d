import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEgress } from '../activities/egress/index.ts';
import { createLogger } from '../activities/log.ts';
import { runActivities } from '../activities/runs/index.ts';
import type { TestTenant } from '../activities/testing.ts';
import { hookedWorkflow, hookFlow, syncHook, tokenOf } from '../activities/webhooks/testing.ts';
import type { Flow } from '../workflows/definitions/index.ts';
import { uuidOfGlobalId, type RunId } from '../workflows/ids.ts';
import type { RunResponse } from '../workflows/runs/model.ts';
import { openTestApi, type TestApi } from './testing/api.ts';
import { toGlobalId } from './global-id.ts';

let api: TestApi;
let tenant: TestTenant;
let key: string;
beforeAll(async () => {
  api = await openTestApi();
  tenant = await api.house.newTenant();
  key = await api.keyOf(tenant, 'builder');
});
afterAll(() => api.close());

interface Answered {
  status: number;
  headers: Headers;
  text: string;
  json: {
    runId?: string;
    duplicate?: boolean;
    error?: { reason?: string; code?: string; issues?: object[] };
  };
}

async function call(token: string, init: RequestInit & { query?: string } = {}): Promise<Answered> {
  const { query = '', ...rest } = init;
  const headers = { 'content-type': 'application/json', ...(rest.headers as object) };
  const response = await fetch(`${api.url}/hooks/${token}${query}`, { method: 'POST', ...rest, headers });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (isJson && text !== '' ? JSON.parse(text) : {}) as Answered['json'],
  };
}
const send = (token: string, body: unknown, headers: Record<string, string> = {}) =>
  call(token, { body: JSON.stringify(body), headers });

const run = async (id: string | undefined) => {
  const { data } = await api.graphql(
    {
      query: `query ($id: ID!) { run(id: $id) { status trigger input startedBy { kind } workflow { id } } }`,
      variables: { id },
    },
    key,
  );
  return data?.['run'] as { status: string; trigger: string; input: Record<string, unknown> };
};

interface Log {
  scheme: string;
  hasSecret: boolean;
  url: string | null;
  disabled: boolean;
  deliveries: { edges: { node: Record<string, unknown> }[]; pageInfo: { endCursor: string } };
}
const webhook = async (workflowId: string, as = key, page = '') => {
  const { data, errors } = await api.graphql(
    {
      query: `query ($id: ID!) { webhook(workflowId: $id) { url scheme hasSecret disabled deliveries(first: 10 ${page}) {
        edges { node { receivedAt outcome httpStatus reason bytes contentType runId duplicates } } pageInfo { endCursor } } }
        workflow(id: $id) { webhookUrl } }`,
      variables: { id: toGlobalId('Workflow', workflowId) },
    },
    as,
  );
  expect(errors).toEqual([]);
  return data as unknown as { webhook: Log | null; workflow: { webhookUrl: string | null } };
};
const logOf = async (workflowId: string) =>
  ((await webhook(workflowId)).webhook?.deliveries.edges ?? []).map(({ node }) => node);
const runsOf = (workflowId: string) =>
  api.house.database.withTenant(tenant.tenantId, (db) => db.run.count({ where: { workflowId } }));

const RESPONDS = {
  steps: [{ id: 'answer', kind: 'respond', with: { body: 'from the definition' } }],
} as unknown as Partial<Flow>;

const worker = () =>
  runActivities({
    ...{ database: api.house.database, keyring: api.house.keyring, egress: createEgress({ allow: '' }) },
    log: createLogger({ level: 'silent', pretty: false }),
    dispatcher: { dispatch: () => undefined },
  });

/** Calls a webhook; when the API waits for the run's answer, does `then` with the run as a worker would. */
async function callThen(
  token: string,
  then: (key: { tenantId: TestTenant['tenantId']; runId: RunId }) => Promise<void>,
) {
  const before = api.heard.subscriptions;
  const answer = send(token, { a: 1 });
  for (let i = 0; api.heard.subscriptions === before; i += 1) {
    if (i === 500) throw new Error('The API does not listen for the answer');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { id } = await api.house.database.withTenant(tenant.tenantId, (db) =>
    db.run.findFirstOrThrow({ orderBy: { createdAt: 'desc' } }),
  );
  await then({ tenantId: tenant.tenantId, runId: id as RunId });
  return answer;
}
const response = (over: Partial<RunResponse> = {}): RunResponse => ({
  status: 201,
  headers: {},
  body: { ok: true },
  ...over,
});

describe('a call', () => {
  it('starts a run with the call as its input, without credentials', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const answer = await call(token, {
      query: '?a=1&b=2&b=3',
      body: '{"order":{"sum":5}}',
      headers: {
        authorization: 'Bearer canary',
        cookie: 'c=canary',
        'x-event': 'paid',
        'x-forwarded-uri': `/hooks/${token}`,
      },
    });
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual({ runId: expect.stringMatching(/^run_/) });
    const started = await run(answer.json.runId);
    expect(started).toMatchObject({
      status: 'QUEUED',
      trigger: 'webhook',
      startedBy: { kind: 'webhook' },
      workflow: { id: toGlobalId('Workflow', workflowId) },
      input: {
        method: 'POST',
        query: { a: '1', b: ['2', '3'] },
        headers: { 'x-event': 'paid' },
        body: { order: { sum: 5 } },
      },
    });
    const kept = JSON.stringify(started);
    expect(kept).not.toContain('canary');
    expect(kept).not.toContain(token);
  });

  it('is the business of who published the version, so that they cannot approve what it asks for', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const { json } = await send(token, {});
    const row = await api.house.database.withTenant(tenant.tenantId, (db) =>
      db.run.findFirstOrThrow({ where: { workflowId } }),
    );
    expect(row.id).toBe(uuidOfGlobalId('run', json.runId ?? ''));
    expect(row.requesterId).toBe(tenant.people.owner.id);
  });

  it('makes the input by the template of the trigger, and the input schema applies', async () => {
    const { token } = await hookedWorkflow(tenant, {
      triggers: [{ kind: 'webhook', input: { sum: '{{ body.order.sum }}', by: '{{ query.by }}' } }],
      input: { type: 'object', required: ['sum'], properties: { sum: { type: 'number' } } },
    });
    const good = await call(token, { query: '?by=ada', body: '{"order":{"sum":5}}' });
    expect((await run(good.json.runId)).input).toEqual({ sum: 5, by: 'ada' });
    const bad = await send(token, { order: { sum: 'five' } });
    expect(bad.status).toBe(400);
    expect(bad.json.error).toMatchObject({ reason: 'input_invalid', issues: [{ field: 'input.sum' }] });
  });

  it('is refused when the template fails, with nothing of the expression in the answer', async () => {
    const { token } = await hookedWorkflow(tenant, {
      triggers: [{ kind: 'webhook', input: '{{ $number(body.canary) }}' }],
    });
    const answer = await send(token, { canary: 'no number' });
    expect(answer.status).toBe(400);
    expect(answer.json.error?.reason).toBe('trigger_input_failed');
    expect(answer.text).not.toContain('canary');
  });

  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  it.each([
    ['broken JSON', { body: '{"a":' }, 400, 'body_not_json'],
    ['a key twice', { body: '{"a":1,"a":2}' }, 400, 'body_key_twice'],
    ['__proto__', { body: '{"__proto__":{"a":1}}' }, 400, 'input_invalid'],
    ['__proto__ in the query', { body: '{}', query: '?__proto__=1' }, 400, 'input_invalid'],
    ['deep JSON', { body: deep(101) }, 400, 'input_invalid'],
    ['very deep JSON', { body: deep(400_000) }, 400, 'input_invalid'],
    ['a NUL character', { body: '"a\\u0000b"' }, 400, 'input_invalid'],
    ['an image', { body: 'GIF89a', headers: { 'content-type': 'image/gif' } }, 415, 'content_type'],
    ['a packed body', { body: '{}', headers: { 'content-encoding': 'gzip' } }, 415, 'content_type'],
    ['an oversized body', { body: JSON.stringify('x'.repeat(1_048_577)) }, 413, 'body_too_large'],
    ['a long key', { body: '{}', headers: { 'idempotency-key': 'k'.repeat(256) } }, 400, 'event_key_length'],
  ])('with %s is refused, starts nothing and is logged', async (_what, init, status, reason) => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const answer = await call(token, init);
    expect([answer.status, answer.json.error?.reason]).toEqual([status, reason]);
    expect(await runsOf(workflowId)).toBe(0);
    expect(await logOf(workflowId)).toMatchObject([
      { outcome: 'REFUSED', httpStatus: status, reason, runId: null },
    ]);
  });

  it.each([
    ['a form', 'a=1&b=x+y', 'application/x-www-form-urlencoded', { a: '1', b: 'x y' }],
    ['text', 'plain {"a":1}', 'text/plain', 'plain {"a":1}'],
    ['nothing', undefined, 'application/json', null],
    ['99 levels', deep(99), 'application/json', JSON.parse(deep(99)) as unknown],
  ])('may hold %s', async (_what, body, type, read) => {
    const { token } = await hookedWorkflow(tenant);
    const init = body === undefined ? {} : { body };
    const answer = await call(token, { ...init, headers: { 'content-type': type } });
    expect(answer.status).toBe(202);
    const { input } = await api.house.database.withTenant(tenant.tenantId, (db) =>
      db.run.findFirstOrThrow({ where: { id: uuidOfGlobalId('run', answer.json.runId ?? '') ?? '' } }),
    );
    expect((input as { body: unknown }).body).toEqual(read);
  });

  it('is a POST', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
      const answer = await call(token, { method });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST']);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(await runsOf(workflowId)).toBe(0);
  });

  it('of an unknown or closed webhook finds nothing, and both look the same', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await syncHook(tenant.as('owner'), { workflowId, flow: null });
    const without = ({ text }: Answered) => text.replace(/"requestId":"[^"]*"/, '');
    const unknown = await send('A'.repeat(43), {});
    const closed = await send(token, {});
    expect([unknown.status, closed.status]).toEqual([404, 404]);
    expect(without(closed)).toBe(without(unknown));
    for (const path of [`${token.slice(0, -1)}`, `${token}A`, '%00', '..%2Fgraphql', 'x'.repeat(90)])
      expect((await send(path, {})).status).toBe(404);
    const large = await call('A'.repeat(43), { body: JSON.stringify('x'.repeat(1_048_577)) });
    expect(large.status).toBe(404);
    expect(await logOf(workflowId)).toMatchObject([
      { outcome: 'REFUSED', httpStatus: 404, reason: 'webhook_disabled' },
    ]);
  });
});

describe('a repetition', () => {
  it('starts nothing and gets the run of the first call; another body is a conflict', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const headers = { 'idempotency-key': 'order-1' };
    const first = await send(token, { a: 1 }, headers);
    const again = await send(token, { a: 1 }, headers);
    expect(again.status).toBe(202);
    expect(again.json).toEqual({ runId: first.json.runId, duplicate: true });
    const other = await send(token, { a: 2 }, headers);
    expect([other.status, other.json.error?.reason]).toEqual([409, 'event_key_reused']);
    const elsewhere = await call(token, { query: '?a=1', body: '{"a":1}', headers });
    expect(elsewhere.status).toBe(409);
    expect(await runsOf(workflowId)).toBe(1);
    expect(await logOf(workflowId)).toMatchObject([
      { outcome: 'REFUSED', httpStatus: 409 },
      { outcome: 'REFUSED', httpStatus: 409 },
      {
        outcome: 'ACCEPTED',
        httpStatus: 202,
        runId: first.json.runId,
        duplicates: 1,
        bytes: 7,
        contentType: 'application/json',
      },
    ]);
  });

  it('of a call that was refused may be mended under the same key', async () => {
    const { token } = await hookedWorkflow(tenant, {
      input: { type: 'object', required: ['body'], properties: { body: { type: 'number' } } },
    });
    const headers = { 'idempotency-key': 'k' };
    expect((await send(token, 'five', headers)).status).toBe(400);
    expect((await send(token, 5, headers)).status).toBe(202);
  });

  it('a hundred times at once is one run', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const headers = { 'idempotency-key': 'storm' };
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(token, { a: 1 }, headers)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ json }) => json.runId)).size).toBe(1);
    expect(answers.filter(({ json }) => !json.duplicate)).toHaveLength(1);
    expect(await runsOf(workflowId)).toBe(1);
    expect(await logOf(workflowId)).toMatchObject([{ outcome: 'ACCEPTED', duplicates: 99 }]);
  });

  it('with one key at two webhooks is two runs', async () => {
    const [one, two] = [await hookedWorkflow(tenant), await hookedWorkflow(tenant)];
    const headers = { 'idempotency-key': 'same' };
    const runs = [await send(one.token, {}, headers), await send(two.token, {}, headers)];
    expect(new Set(runs.map(({ json }) => json.runId)).size).toBe(2);
  });
});

describe('a respond step', () => {
  const answering = { ...RESPONDS, triggers: [{ kind: 'webhook' as const, waitSeconds: 30 }] };

  it('answers as soon as it has run, though the run goes on', async () => {
    const { token } = await hookedWorkflow(tenant, answering);
    const headers = {
      'X-Order': '7',
      'Set-Cookie': 'a=b',
      'x-split': 'a\r\nSet-Cookie: b=c',
      'Access-Control-Allow-Origin': '*',
    };
    let key: { runId: RunId } | null = null;
    const answer = await callThen(token, async (started) => {
      key = started;
      await worker().openRun(started);
      await worker().recordSteps({ ...started, events: [], response: response({ headers }) });
    });
    expect(answer.status).toBe(201);
    expect(answer.text).toBe('{"ok":true}');
    expect(answer.headers.get('x-order')).toBe('7');
    for (const name of ['set-cookie', 'x-split', 'access-control-allow-origin'])
      expect(answer.headers.get(name)).toBeNull();
    const { runId } = key as unknown as { runId: RunId };
    expect((await run(toGlobalId('Run', runId))).status).toBe('RUNNING');
  });

  it('that answers a page keeps it in a sandbox', async () => {
    const { token } = await hookedWorkflow(tenant, answering);
    const answer = await callThen(token, async (started) => {
      const page = response({ headers: { 'content-type': 'text/html' }, body: '<script>1</script>' });
      await worker().openRun(started);
      await worker().recordSteps({ ...started, events: [], response: page });
    });
    expect(answer.text).toBe('<script>1</script>');
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    [
      'FAILED',
      { code: 'HTTP_STATUS', message: 'The shop is closed.' },
      502,
      { error: { code: 'HTTP_STATUS', message: 'The shop is closed.' } },
    ],
    ['CANCELLED', null, 502, { error: { code: 'CANCELLED' } }],
    ['SUCCEEDED', null, 200, { status: 'SUCCEEDED' }],
  ] as const)('that never ran in a run that %s', async (status, error, http, body) => {
    const { token } = await hookedWorkflow(tenant, answering);
    const answer = await callThen(token, async (started) => {
      await worker().openRun(started);
      await worker().closeRun({
        ...{ ...started, status, output: null, response: null, events: [] },
        error: error && { ...error, stepId: null, path: null, details: null },
      });
    });
    expect(answer.status).toBe(http);
    expect(answer.json).toMatchObject({ runId: expect.stringMatching(/^run_/), ...body });
  });

  it('that does not run in time gets 202 with the run; the answer is there for the repetition', async () => {
    const { token } = await hookedWorkflow(tenant, {
      ...RESPONDS,
      triggers: [{ kind: 'webhook', waitSeconds: 1 }],
    });
    const headers = { 'idempotency-key': 'late' };
    const late = await send(token, {}, headers);
    expect([late.status, Object.keys(late.json)]).toEqual([202, ['runId']]);
    const runId = uuidOfGlobalId('run', late.json.runId ?? '') as RunId;
    const started = { tenantId: tenant.tenantId, runId };
    await worker().openRun(started);
    await worker().recordSteps({ ...started, events: [], response: response({ body: 'here' }) });
    const again = await send(token, {}, headers);
    expect([again.status, again.text]).toEqual([201, 'here']);
  });

  it('goes on when the caller has gone', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant, answering);
    const before = api.heard.subscriptions;
    const gone = new AbortController();
    const asked = send(token, {}).catch(() => null);
    const left = call(token, { body: '{}', signal: gone.signal }).catch((error: Error) => error.name);
    for (let i = 0; api.heard.subscriptions < before + 2 && i < 500; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    gone.abort();
    expect(await left).toBe('AbortError');
    const rows = await api.house.database.withTenant(tenant.tenantId, (db) =>
      db.run.findMany({ where: { workflowId } }),
    );
    expect(rows.map(({ status }) => status)).toEqual(['QUEUED', 'QUEUED']);
    for (const { id } of rows) {
      const started = { tenantId: tenant.tenantId, runId: id as RunId };
      await worker().openRun(started);
      await worker().recordSteps({ ...started, events: [], response: response() });
    }
    expect((await asked)?.status).toBe(201);
  });
});

describe('signatures', () => {
  const verify = async (workflowId: string, scheme: string, secret: string | null) => {
    const { data, errors } = await api.graphql(
      {
        query: `mutation ($input: SetWebhookVerificationInput!) { setWebhookVerification(input: $input) { scheme hasSecret } }`,
        variables: { input: { workflowId: toGlobalId('Workflow', workflowId), scheme, secret } },
      },
      key,
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
    expect((await send(token, {})).status).toBe(401);
    expect((await call(token, { body: '{}', headers: github(secret, '{}') })).status).toBe(202);
    expect((await call(token, { body: '{ }', headers: github(secret, '{}') })).status).toBe(401);
    await verify(workflowId, 'GITHUB', 'canary-of-the-sender-2');
    expect((await call(token, { body: '{}', headers: github(secret, '{}') })).status).toBe(401);
    expect(await verify(workflowId, 'NONE', null)).toEqual({ scheme: 'NONE', hasSecret: false });
    expect((await send(token, {})).status).toBe(202);
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
      const answer = await call(token, { body: '{}', headers: github(given, '{}') });
      expect([answer.status, answer.json.error?.reason]).toEqual([401, reason]);
    }
    expect(await runsOf(workflowId)).toBe(0);
  });

  it('of Stripe make the event id the key, whatever an unsigned header says', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await verify(workflowId, 'STRIPE', secret);
    const body = JSON.stringify({ id: `evt_${randomUUID()}` });
    const time = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    const headers = { 'stripe-signature': `t=${time},v1=${signature}` };
    const first = await call(token, { body, headers });
    const replay = await call(token, { body, headers: { ...headers, 'idempotency-key': 'new' } });
    expect(first.status).toBe(202);
    expect(replay.json).toEqual({ runId: first.json.runId, duplicate: true });
  });
});

describe('the address', () => {
  it('is shown to who may start runs, and to nobody while the webhook is closed', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const url = `${api.url}/hooks/${token}`;
    expect(await webhook(workflowId)).toMatchObject({
      webhook: { url, disabled: false },
      workflow: { webhookUrl: url },
    });
    const viewer = await api.keyOf(tenant, 'viewer');
    expect(await webhook(workflowId, viewer)).toMatchObject({
      webhook: { url: null },
      workflow: { webhookUrl: null },
    });
    await syncHook(tenant.as('owner'), { workflowId, flow: null });
    expect(await webhook(workflowId)).toMatchObject({
      webhook: { url: null, disabled: true },
      workflow: { webhookUrl: null },
    });
    await syncHook(tenant.as('owner'), { workflowId, flow: hookFlow() });
    expect((await webhook(workflowId)).workflow.webhookUrl).toBe(url);
  });

  it('is replaced by rotation, and the old one stops at once', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const query = `mutation ($input: RotateWebhookInput!) { rotateWebhook(input: $input) { url rotatedAt } }`;
    const input = { workflowId: toGlobalId('Workflow', workflowId) };
    const { data } = await api.graphql({ query, variables: { input } }, key);
    const { url } = data?.['rotateWebhook'] as { url: string };
    const now = await tokenOf(tenant.as('owner'), workflowId);
    expect(url).toBe(`${api.url}/hooks/${now}`);
    expect((await send(token, {})).status).toBe(404);
    expect((await send(now, {})).status).toBe(202);
  });

  it('is in no log', async () => {
    const { token } = await hookedWorkflow(tenant);
    await send(token, {});
    await call(token, { method: 'GET' });
    await call(`${token}/more`);
    await call(token, { body: '{' });
    const lines = api.logged.join('\n');
    expect(lines).toContain('"operation":"POST /hooks/:token"');
    expect(lines).not.toContain(token);
    expect(lines).not.toContain('canary');
  });
});

describe('the log of deliveries', () => {
  it('is read page by page, newest first', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    for (let i = 0; i < 12; i += 1) await send(token, i);
    const one = (await webhook(workflowId)).webhook?.deliveries;
    const two = (await webhook(workflowId, key, `after: "${one?.pageInfo.endCursor ?? ''}"`)).webhook
      ?.deliveries;
    expect(one?.edges.map(({ node }) => node['bytes'])).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(two?.edges).toHaveLength(2);
  });

  it('holds no body, header or secret', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await send(token, { text: 'canary-body' }, { 'x-secret': 'canary-header' });
    const rows = await api.house.database.withTenant(tenant.tenantId, (db) => db.webhookDelivery.findMany());
    expect(JSON.stringify([rows, await logOf(workflowId)])).not.toContain('canary');
  });
});
