import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publish, sendEvent } from './testing/flows.ts';
import { openPlatform, type RunView, type TestPlatform } from './testing/platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openPlatform();
}, 60_000);
afterAll(() => platform?.stop(), 30_000);

const hasStatus = (status: string) => (run: RunView) => run.status === status;
const transform = (id: string, value: unknown) => ({ id, kind: 'transform', with: { value } });
const trigger = (fields: object = {}) => ({ triggers: [{ kind: 'webhook', ...fields }] });

let count = 0;
/** Publishes a workflow with a webhook; gives its address. */
async function hook(flow: { steps: object[]; triggers: object[] }): Promise<string> {
  const owner = platform.ask('owner');
  const id = await publish(owner, `Hook ${(count += 1)}`, flow);
  const { workflow } = await owner<{ workflow: { webhookUrl: string } }>(
    'query ($id: ID!) { workflow(id: $id) { webhookUrl } }',
    { id },
  );
  return workflow.webhookUrl;
}

async function call(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const runIdIn = (text: string) => (JSON.parse(text) as { runId: string }).runId;
async function newestRun(): Promise<string> {
  const { runs } = await platform.ask('viewer')<{ runs: { edges: { node: { id: string } }[] } }>(
    '{ runs(first: 1) { edges { node { id } } } }',
  );
  return runs.edges[0]?.node.id ?? '';
}

describe('a webhook', () => {
  it('is answered by the respond step with what the steps before it made', async () => {
    const url = await hook({
      ...trigger({ input: '{{ body.order }}' }),
      steps: [
        transform('total', '{{ input.price * input.count }}'),
        {
          id: 'answer',
          kind: 'respond',
          with: {
            status: '{{ 201 }}',
            headers: { 'X-Total': '{{ steps.total.output }}', 'X-Split': '{{ input.evil }}' },
            body: { total: '{{ steps.total.output }}' },
          },
        },
      ],
    });
    const order = { price: 7, count: 6, evil: 'a\r\nSet-Cookie: b=c' };
    const answer = await call(url, { order });
    expect([answer.status, answer.text]).toEqual([201, '{"total":42}']);
    expect(answer.headers.get('x-total')).toBe('42');
    expect(answer.headers.get('x-split')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
    await platform.waitForRun(await newestRun(), hasStatus('SUCCEEDED'));
  });

  it('is answered while its run goes on', async () => {
    const steps = [
      { id: 'answer', kind: 'respond', with: { body: 'taken' } },
      { id: 'later', kind: 'wait', with: { event: 'go' } },
      transform('done', 'done'),
    ];
    const url = await hook({ ...trigger({ waitSeconds: 30 }), steps });
    expect(await call(url, {})).toMatchObject({ status: 200, text: 'taken' });
    const runId = await newestRun();
    await platform.waitForRun(runId, hasStatus('WAITING'));
    await sendEvent(platform.ask('operator'), runId, 'go');
    expect(await platform.waitForRun(runId, hasStatus('SUCCEEDED'))).toMatchObject({ output: 'done' });
  });

  it('gets 202 when the answer comes too late, and the answer when it asks again', async () => {
    const steps = [
      { id: 'first', kind: 'wait', with: { event: 'go' } },
      { id: 'answer', kind: 'respond', with: { body: 'late' } },
    ];
    const url = await hook({ ...trigger({ waitSeconds: 1 }), steps });
    const key = { 'idempotency-key': 'order-1' };
    const late = await call(url, {}, key);
    expect(late.status).toBe(202);
    const runId = runIdIn(late.text);
    await sendEvent(platform.ask('operator'), runId, 'go');
    await platform.waitForRun(runId, hasStatus('SUCCEEDED'));
    expect(await call(url, {}, key)).toMatchObject({ status: 200, text: 'late' });
  });

  it('gets 502 when the run fails before it answers', async () => {
    const steps = [
      { id: 'stop', kind: 'fail', with: { message: 'There is none left.', code: 'SOLD_OUT' } },
      { id: 'answer', kind: 'respond', with: {} },
    ];
    const answer = await call(await hook({ ...trigger(), steps }), {});
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.text)).toMatchObject({
      runId: expect.stringMatching(/^run_/),
      error: { code: 'SOLD_OUT', message: 'There is none left.' },
    });
  });

  it('without a respond step gets 202 at once, and its run is done', async () => {
    const answer = await call(await hook({ ...trigger(), steps: [transform('a', '{{ input.body }}')] }), 5);
    expect(answer.status).toBe(202);
    expect(await platform.waitForRun(runIdIn(answer.text), hasStatus('SUCCEEDED'))).toMatchObject({
      output: 5,
    });
  });
});
