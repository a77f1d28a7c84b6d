import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEgress } from '../activities/egress/index.ts';
import { createLogger } from '../activities/log.ts';
import { runActivities } from '../activities/runs/index.ts';
import { hookedWorkflow } from '../activities/webhooks/testing.ts';
import type { Flow } from '../workflows/definitions/index.ts';
import { uuidOfGlobalId, type RunId } from '../workflows/ids.ts';
import type { RunResponse } from '../workflows/runs/model.ts';
import { openHookBench, type HookBench } from './testing/hook-bench.ts';

let bench: HookBench;
let api: HookBench['api'];
let tenant: HookBench['tenant'];
beforeAll(async () => {
  bench = await openHookBench();
  ({ api, tenant } = bench);
});
afterAll(() => bench.api.close());

const statusOf = (runId: RunId) =>
  api.house.database.withTenant(
    tenant.tenantId,
    async (db) => (await db.run.findFirstOrThrow({ where: { id: runId } })).status,
  );

const RESPONDS = {
  steps: [{ id: 'answer', kind: 'respond', with: { body: 'from the definition' } }],
} as unknown as Partial<Flow>;

const worker = () =>
  runActivities({
    ...{ database: api.house.database, keyring: api.house.keyring, egress: createEgress({ allow: '' }) },
    log: createLogger({ level: 'silent', pretty: false }),
    dispatcher: { dispatch: () => undefined },
  });

const response = (over: Partial<RunResponse> = {}): RunResponse => ({
  status: 201,
  headers: {},
  body: { ok: true },
  ...over,
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
    const answer = await bench.callThen(token, async (started) => {
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
    expect(await statusOf(runId)).toBe('RUNNING');
  });

  it('that answers a page keeps it in a sandbox', async () => {
    const { token } = await hookedWorkflow(tenant, answering);
    const answer = await bench.callThen(token, async (started) => {
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
    const answer = await bench.callThen(token, async (started) => {
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
    const late = await bench.send(token, {}, headers);
    expect([late.status, Object.keys(late.json)]).toEqual([202, ['runId']]);
    const runId = uuidOfGlobalId('run', late.json.runId ?? '') as RunId;
    const started = { tenantId: tenant.tenantId, runId };
    await worker().openRun(started);
    await worker().recordSteps({ ...started, events: [], response: response({ body: 'here' }) });
    const again = await bench.send(token, {}, headers);
    expect([again.status, again.text]).toEqual([201, 'here']);
  });

  it('goes on when the caller has gone', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant, answering);
    const before = api.heard.subscriptions;
    const gone = new AbortController();
    const asked = bench.send(token, {}).catch(() => null);
    const left = bench.call(token, { body: '{}', signal: gone.signal }).catch((error: Error) => error.name);
    await bench.heardSince(before, 2);
    // The API listens before it writes the runs.
    while ((await bench.runsOf(workflowId)) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
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

  it('gets 202 when the API ends meanwhile', async () => {
    const ending = await openHookBench();
    const { token } = await hookedWorkflow(ending.tenant, answering);
    const before = ending.api.heard.subscriptions;
    const asked = ending.send(token, {});
    await ending.heardSince(before, 1);
    await ending.api.close();
    expect((await asked).status).toBe(202);
  });
});
