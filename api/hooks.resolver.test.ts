import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hookedWorkflow, syncHook } from '../activities/webhooks/testing.ts';
import { uuidOfGlobalId } from '../workflows/ids.ts';
import { toGlobalId } from './global-id.ts';
import { openHookBench, type HookAnswer, type HookBench } from './testing/hook-bench.ts';

let bench: HookBench;
let api: HookBench['api'];
let tenant: HookBench['tenant'];
beforeAll(async () => {
  bench = await openHookBench();
  ({ api, tenant } = bench);
});
afterAll(() => bench.api.close());

const run = async (id: string | undefined) => {
  const query = `query ($id: ID!) { run(id: $id) { status trigger input startedBy { kind } workflow { id } } }`;
  const { data } = await api.graphql({ query, variables: { id } }, bench.key);
  return data?.['run'] as { status: string; trigger: string; input: Record<string, unknown> };
};

describe('a call', () => {
  it('starts a run with the call as its input, without credentials', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const answer = await bench.call(token, {
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
    const { json } = await bench.send(token, {});
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
    const good = await bench.call(token, { query: '?by=ada', body: '{"order":{"sum":5}}' });
    expect((await run(good.json.runId)).input).toEqual({ sum: 5, by: 'ada' });
    const bad = await bench.send(token, { order: { sum: 'five' } });
    expect(bad.status).toBe(400);
    expect(bad.json.error).toMatchObject({ reason: 'input_invalid', issues: [{ field: 'input.sum' }] });
  });

  it('is refused when the template fails, with nothing of the expression in the answer', async () => {
    const { token } = await hookedWorkflow(tenant, {
      triggers: [{ kind: 'webhook', input: '{{ $number(body.canary) }}' }],
    });
    const answer = await bench.send(token, { canary: 'no number' });
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
    const answer = await bench.call(token, init);
    expect([answer.status, answer.json.error?.reason]).toEqual([status, reason]);
    expect(await bench.runsOf(workflowId)).toBe(0);
    expect(await bench.logOf(workflowId)).toMatchObject([
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
    const answer = await bench.call(token, { ...init, headers: { 'content-type': type } });
    expect(answer.status).toBe(202);
    const { input } = await api.house.database.withTenant(tenant.tenantId, (db) =>
      db.run.findFirstOrThrow({ where: { id: uuidOfGlobalId('run', answer.json.runId ?? '') ?? '' } }),
    );
    expect((input as { body: unknown }).body).toEqual(read);
  });

  it('is a POST', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
      const answer = await bench.call(token, { method });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST']);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(await bench.runsOf(workflowId)).toBe(0);
  });

  it('of an unknown or closed webhook finds nothing, and both look the same', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    await syncHook(tenant.as('owner'), { workflowId, flow: null });
    const without = ({ text }: HookAnswer) => text.replace(/"requestId":"[^"]*"/, '');
    const unknown = await bench.send('A'.repeat(43), {});
    const closed = await bench.send(token, {});
    expect([unknown.status, closed.status]).toEqual([404, 404]);
    expect(without(closed)).toBe(without(unknown));
    for (const path of [`${token.slice(0, -1)}`, `${token}A`, '%00', '..%2Fgraphql', 'x'.repeat(90)])
      expect((await bench.send(path, {})).status).toBe(404);
    const large = await bench.call('A'.repeat(43), { body: JSON.stringify('x'.repeat(1_048_577)) });
    expect(large.status).toBe(404);
    expect(await bench.logOf(workflowId)).toMatchObject([
      { outcome: 'REFUSED', httpStatus: 404, reason: 'webhook_disabled' },
    ]);
  });
});

describe('a repetition', () => {
  it('starts nothing and gets the run of the first call; another body is a conflict', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const headers = { 'idempotency-key': 'order-1' };
    const first = await bench.send(token, { a: 1 }, headers);
    const again = await bench.send(token, { a: 1 }, headers);
    expect(again.status).toBe(202);
    expect(again.json).toEqual({ runId: first.json.runId, duplicate: true });
    const other = await bench.send(token, { a: 2 }, headers);
    expect([other.status, other.json.error?.reason]).toEqual([409, 'event_key_reused']);
    const elsewhere = await bench.call(token, { query: '?a=1', body: '{"a":1}', headers });
    expect(elsewhere.status).toBe(409);
    expect(await bench.runsOf(workflowId)).toBe(1);
    expect(await bench.logOf(workflowId)).toMatchObject([
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
    expect((await bench.send(token, 'five', headers)).status).toBe(400);
    expect((await bench.send(token, 5, headers)).status).toBe(202);
  });

  it('a hundred times at once is one run', async () => {
    const { workflowId, token } = await hookedWorkflow(tenant);
    const headers = { 'idempotency-key': 'storm' };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => bench.send(token, { a: 1 }, headers)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ json }) => json.runId)).size).toBe(1);
    expect(answers.filter(({ json }) => !json.duplicate)).toHaveLength(1);
    expect(await bench.runsOf(workflowId)).toBe(1);
    expect(await bench.logOf(workflowId)).toMatchObject([{ outcome: 'ACCEPTED', duplicates: 99 }]);
  });

  it('with one key at two webhooks is two runs', async () => {
    const [one, two] = [await hookedWorkflow(tenant), await hookedWorkflow(tenant)];
    const headers = { 'idempotency-key': 'same' };
    const runs = [await bench.send(one.token, {}, headers), await bench.send(two.token, {}, headers)];
    expect(new Set(runs.map(({ json }) => json.runId)).size).toBe(2);
  });
});
