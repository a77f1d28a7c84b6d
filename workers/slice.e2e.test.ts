import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import type { DemoRole } from './local/seed-demo.ts';
import {
  approve,
  connect,
  connectMail,
  connectShop,
  control,
  pendingApprovals,
  publish,
  sendEvent,
  startRun,
} from './testing/flows.ts';
import { openPlatform, type RunView, type TestPlatform } from './testing/platform.ts';
import {
  startHttpReceiver,
  startMailReceiver,
  type HttpReceiver,
  type MailReceiver,
} from './testing/receivers.ts';
import { openShop, type Shop } from './testing/shop.ts';
import { until } from './testing/until.ts';
import { testDatabase } from '../prisma/testing.ts';

let platform: TestPlatform;
let web: HttpReceiver;
let mail: MailReceiver;
let shop: Shop;
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  web = await startHttpReceiver(({ body }) => ({ body: JSON.stringify({ accepted: body }) }));
  mail = await startMailReceiver();
  const server = await testDatabase();
  shop = await openShop(server.adminUrl);
  closing.push(
    () => web.stop(),
    () => mail.stop(),
    () => shop.close(),
    () => server.close(),
  );
  await shop.sql('CREATE TABLE refund (id serial PRIMARY KEY, charge text, run text)');
  await shop.sql(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${shop.user}`);
  await shop.sql(`GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${shop.user}`);
  platform = await openPlatform({ allow: [web.port, mail.port, shop.port] });
  closing.unshift(() => platform.stop());
  const owner = platform.ask('owner');
  await connectShop(owner, shop);
  await connectMail(owner, mail.port);
  await connect(owner, { name: 'web', kind: 'HTTP', settings: { baseUrl: web.url } });
}, 60_000);
afterAll(async () => {
  for (const close of closing) await close();
}, 30_000);

const isOver = ({ status }: RunView) => ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT'].includes(status);
const hasStatus = (status: string) => (run: RunView) => run.status === status;
const wait = (id: string, event: string) => ({ id, kind: 'wait', with: { event } });
const transform = (id: string, value: unknown) => ({ id, kind: 'transform', with: { value } });
const waitingFor = async (runId: string) => {
  const found = await until('an approval', async () => {
    const all = await pendingApprovals(platform.ask('viewer'), runId);
    return all[0];
  });
  return found;
};

/** What a subscription to the run has told so far. */
function watch(runId: string, role: DemoRole = 'viewer') {
  const client: Client = createClient({
    url: `${platform.apiUrl.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${platform.tokens[role]}` },
    retryAttempts: 0,
  });
  const events: string[] = [];
  const statuses: string[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    client.subscribe<{
      runEvents: { run: { status: string }; event: { path: string; kind: string } | null };
    }>(
      {
        query: `subscription ($runId: ID!) { runEvents(runId: $runId) { run { status } event { path kind } } }`,
        variables: { runId },
      },
      {
        next: ({ data }) => {
          const { run, event } = data!.runEvents;
          if (statuses.at(-1) !== run.status) statuses.push(run.status);
          if (event) events.push(`${event.path} ${event.kind}`);
        },
        error: (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
        complete: resolve,
      },
    );
  });
  closing.unshift(() => client.dispose());
  return { events, statuses, ended };
}

const REFUND = {
  input: { type: 'object', required: ['charge'], properties: { charge: { type: 'string' } } },
  steps: [
    { id: 'look', kind: 'http', with: { connection: 'web', path: '/charges/{{ input.charge }}' } },
    {
      id: 'gate',
      kind: 'approval',
      with: { title: 'Refund {{ input.charge }}', class: 'C', approvers: ['finance', 'security', 'owner'] },
    },
    {
      id: 'refund',
      kind: 'http',
      with: { connection: 'web', method: 'POST', path: '/refunds', body: { charge: '{{ input.charge }}' } },
    },
    {
      id: 'book',
      kind: 'postgres',
      with: {
        connection: 'shop',
        sql: 'INSERT INTO refund (charge, run) VALUES ($1, $2) RETURNING id',
        params: ['{{ input.charge }}', '{{ run.id }}'],
      },
    },
    {
      id: 'tell',
      kind: 'email',
      with: {
        connection: 'mail',
        to: 'ada@example.com',
        subject: 'Refund {{ input.charge }}',
        text: 'Done.',
      },
    },
  ],
  output: { booked: '{{ steps.book.output.rows[0].id }}', by: '{{ steps.gate.output.decidedBy }}' },
};

describe('a definition', () => {
  it('is drafted, told what is wrong with it, mended and published', async () => {
    const owner = platform.ask('owner');
    const broken = {
      flow: 'v1',
      steps: [{ id: 'a', kind: 'transform', with: { value: '{{ steps.later.output }}' } }],
    };
    const issues = await owner<{ validateDefinition: { code: string; stepId: string }[] }>(
      'query ($definition: JSON!) { validateDefinition(definition: $definition) { code stepId } }',
      { definition: broken },
    );
    expect(issues.validateDefinition).toEqual([{ code: expect.stringMatching(/^[A-Z_]+$/), stepId: 'a' }]);

    const { createWorkflow: made } = await owner<{ createWorkflow: { id: string; draft: { hash: string } } }>(
      'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id draft { hash } } }',
      { input: { name: 'Drafted', definition: broken } },
    );
    const publishDraft = () =>
      owner<{ publishWorkflow: { version: number } }>(
        'mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { version } }',
        { input: { workflowId: made.id } },
      );
    await expect(publishDraft()).rejects.toMatchObject({ code: 'INVALID' });

    const save = (value: number) =>
      owner('mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { id } }', {
        input: {
          workflowId: made.id,
          basedOnHash: made.draft.hash,
          definition: { flow: 'v1', steps: [transform('a', value)] },
        },
      });
    await save(1);
    await expect(save(2)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await publishDraft()).publishWorkflow.version).toBe(1);
  });
});

describe('a run with effects and an approval of Class C', () => {
  it('asks two people of different roles, does each effect once and is seen live', async () => {
    const workflowId = await publish(platform.ask('owner'), 'Refund', REFUND);
    const operator = platform.ask('operator');
    await expect(startRun(operator, workflowId, {})).rejects.toMatchObject({ code: 'INVALID' });
    const runId = await startRun(platform.ask('finance'), workflowId, { charge: 'ch-1' });
    const live = watch(runId);
    const asked = await waitingFor(runId);
    await platform.waitForRun(runId, hasStatus('WAITING'));

    const refusals = async (role: DemoRole) => approve(platform.ask(role), asked);
    await expect(refusals('finance')).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'self_approval' });
    await expect(refusals('viewer')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(refusals('operator')).rejects.toMatchObject({ reason: 'not_an_approver' });
    await expect(
      approve(platform.ask('owner'), { ...asked, planHash: '0'.repeat(64) }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(web.requests.filter(({ method }) => method === 'POST')).toEqual([]);

    expect(await approve(platform.ask('security'), asked)).toBe('PENDING');
    // Said twice, it still is one voice.
    expect(await approve(platform.ask('security'), asked)).toBe('PENDING');
    expect(await approve(platform.ask('owner'), asked)).toBe('APPROVED');

    const run = await platform.waitForRun(runId, isOver);
    expect(run).toMatchObject({ status: 'SUCCEEDED', error: null, output: { booked: 1 } });
    expect((run.output as { by: string[] }).by.sort()).toEqual([
      'owner@demo.levqor.example',
      'security@demo.levqor.example',
    ]);
    expect(run.steps.map(({ path, status, attempt }) => `${path} ${status} ${attempt}`)).toEqual(
      ['look', 'gate', 'refund', 'book', 'tell'].map((id) => `${id} SUCCEEDED 1`),
    );

    const posts = web.requests.filter(({ method }) => method === 'POST');
    expect(posts.map(({ path, body, headers }) => [path, body, headers['idempotency-key']])).toEqual([
      ['/refunds', '{"charge":"ch-1"}', `${runId}/refund`],
    ]);
    expect(await shop.sql('SELECT charge, run FROM refund')).toEqual([{ charge: 'ch-1', run: runId }]);
    expect(mail.letters.filter(({ to }) => to === 'ada@example.com')).toEqual([
      {
        messageId: expect.stringMatching(/^<[0-9a-f]{40}@levqor>$/),
        to: 'ada@example.com',
        subject: 'Refund ch-1',
      },
    ]);

    await live.ended;
    expect(live.statuses.at(-1)).toBe('SUCCEEDED');
    expect(live.events).toEqual([...new Set(live.events)]);
    expect(live.events).toEqual(expect.arrayContaining(['gate WAITING', 'gate SUCCEEDED', 'tell SUCCEEDED']));
    const { run: told } = await operator<{ run: { events: { path: string; kind: string }[] } }>(
      'query ($id: ID!) { run(id: $id) { events { path kind } } }',
      { id: runId },
    );
    expect(new Set(live.events)).toEqual(new Set(told.events.map(({ path, kind }) => `${path} ${kind}`)));
  }, 60_000);
});

describe('control', () => {
  it('cancels a run; its clean-up is done, and the request for approval withdrawn', async () => {
    const workflowId = await publish(platform.ask('owner'), 'Cancelled', {
      steps: [
        {
          id: 'safe',
          kind: 'try',
          steps: [{ id: 'gate', kind: 'approval', with: { title: 'May it go on?' } }],
          finally: [
            { id: 'undo', kind: 'http', with: { connection: 'web', method: 'DELETE', path: '/held' } },
          ],
        },
      ],
    });
    const runId = await startRun(platform.ask('operator'), workflowId);
    const asked = await waitingFor(runId);
    await expect(control(platform.ask('viewer'), 'cancelRun', runId)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await control(platform.ask('operator'), 'cancelRun', runId);
    const run = await platform.waitForRun(runId, isOver);
    expect(run.status).toBe('CANCELLED');
    expect(run.steps.map(({ path, status }) => `${path} ${status}`).sort()).toEqual([
      'safe CANCELLED',
      'safe/gate CANCELLED',
      'safe/undo SUCCEEDED',
    ]);
    expect(web.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    await expect(approve(platform.ask('owner'), asked)).rejects.toMatchObject({ code: 'CONFLICT' });
  }, 30_000);

  it('pauses between two steps, keeps the events that come meanwhile, and goes on', async () => {
    const workflowId = await publish(platform.ask('owner'), 'Paused', {
      steps: [wait('first', 'one'), wait('second', 'two'), transform('end', '{{ steps.second.output }}')],
    });
    const operator = platform.ask('operator');
    const runId = await startRun(operator, workflowId);
    await platform.waitForRun(runId, hasStatus('WAITING'));
    await control(operator, 'pauseRun', runId);
    await platform.waitForRun(runId, hasStatus('PAUSED'));
    await sendEvent(operator, runId, 'two', { n: 2 });
    await sendEvent(operator, runId, 'one');
    const paused = await platform.waitForRun(runId, ({ steps }) => steps[0]?.status === 'SUCCEEDED');
    expect(paused).toMatchObject({ status: 'PAUSED', steps: [{ path: 'first' }] });
    await control(operator, 'resumeRun', runId);
    expect(await platform.waitForRun(runId, isOver)).toMatchObject({ status: 'SUCCEEDED', output: { n: 2 } });
  }, 30_000);

  it('hands an event and an output through a called workflow', async () => {
    const owner = platform.ask('owner');
    const callee = await publish(owner, 'Callee', {
      steps: [wait('hear', 'answer'), transform('sum', '{{ input.n + steps.hear.output.n }}')],
    });
    const caller = await publish(owner, 'Caller', {
      steps: [
        { id: 'call', kind: 'callWorkflow', with: { workflow: callee, input: { n: '{{ input }}' } } },
        transform('end', '{{ steps.call.output * 2 }}'),
      ],
    });
    const runId = await startRun(owner, caller, 20);
    const child = await until('the called run', async () => {
      const { runs } = await owner<{ runs: { edges: { node: { id: string } }[] } }>(
        'query ($id: ID!) { runs(filter: { parentRunId: $id }) { edges { node { id } } } }',
        { id: runId },
      );
      return runs.edges[0]?.node.id;
    });
    await sendEvent(owner, child, 'answer', { n: 1 });
    expect(await platform.waitForRun(runId, isOver)).toMatchObject({ status: 'SUCCEEDED', output: 42 });
    expect(await platform.waitForRun(child, isOver)).toMatchObject({ status: 'SUCCEEDED', output: 21 });
  }, 30_000);
});

describe('the API', () => {
  it('may be killed and started again while a run waits: nothing of it is lost', async () => {
    const workflowId = await publish(platform.ask('owner'), 'Restart', {
      steps: [{ id: 'gate', kind: 'approval', with: { title: 'Go?' } }, transform('end', 'went')],
    });
    const runId = await startRun(platform.ask('operator'), workflowId);
    const asked = await waitingFor(runId);
    const before = watch(runId);
    await until('the first news', () => before.statuses.length > 0);
    await platform.api.kill();
    await expect(before.ended).rejects.toThrow();
    await platform.api.start();
    const after = watch(runId);
    await approve(platform.ask('finance'), asked);
    await after.ended;
    expect(after.statuses.at(-1)).toBe('SUCCEEDED');
    expect(await platform.waitForRun(runId, isOver)).toMatchObject({ output: 'went' });
  }, 30_000);
});
