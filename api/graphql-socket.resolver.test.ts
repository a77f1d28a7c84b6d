import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import pg from 'pg';
import { WebSocket } from 'ws';
import { approvalActivities, decideApproval } from '../activities/approvals/index.ts';
import { approvalRequest } from '../activities/approvals/testing.ts';
import { createEgress } from '../activities/egress/create-egress.ts';
import { createLogger } from '../activities/log.ts';
import { runActivities, startRun } from '../activities/runs/index.ts';
import { stepEvent } from '../activities/runs/testing.ts';
import { createApiKey, revokeApiKey, setMemberRoles } from '../activities/tenancy/index.ts';
import type { StepEvent } from '../workflows/runs/model.ts';
import { fromGlobalId, toGlobalId } from './global-id.ts';
import { SOCKET_LIMITS } from './graphql-socket.ts';
import { makeWorld, type World } from './testing-world.ts';
import { openTestApi, type TestApi } from './testing.ts';

let api: TestApi;
let world: World;
let strangers: World;
const RECHECK = 300;
beforeAll(async () => {
  api = await openTestApi({ recheckEvery: RECHECK });
  world = await makeWorld(api);
  strangers = await makeWorld(api);
});
afterAll(() => api.close());

const opened: { dispose?: () => unknown; terminate?: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) (one.dispose ?? one.terminate)?.call(one);
});

const address = () => `${api.url.replace('http', 'ws')}/graphql`;

function clientOf(key: string | null): { client: Client; closed: Promise<{ code: number; reason: string }> } {
  let tell: (event: { code: number; reason: string }) => void;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => (tell = resolve));
  const client = createClient({
    url: address(),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: key === null ? {} : { authorization: `Bearer ${key}` },
    on: { closed: (event) => tell(event as { code: number; reason: string }) },
  });
  opened.push(client);
  return { client, closed };
}

/** A subscription whose items are kept. `until` waits for so many of them. */
function follow(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const items: Record<string, unknown>[] = [];
  const outcome: { error?: unknown; complete?: true } = {};
  const stop = client.subscribe(
    { query, variables },
    {
      next: (item) => items.push(item as Record<string, unknown>),
      error: (error) => (outcome.error = error),
      complete: () => (outcome.complete = true),
    },
  );
  const until = async (check: () => boolean) => {
    for (let i = 0; !check(); i += 1) {
      if (i > 250) throw new Error(`Waited in vain. Came: ${JSON.stringify({ items, outcome })}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { items, outcome, stop, until };
}

/** A socket without a client, to speak the protocol badly. Gives what it receives, and how it is closed. */
async function rawSocket(
  protocol: string | string[] = 'graphql-transport-ws',
  headers: Record<string, string> = {},
) {
  const socket = new WebSocket(address(), protocol, { headers });
  opened.push(socket);
  const received: Record<string, unknown>[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data)) as Record<string, unknown>));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const init = (key: string) =>
    send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } });
  const send = (message: unknown) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const until = async (type: string) => {
    for (let i = 0; !received.some((message) => message['type'] === type); i += 1) {
      if (i > 250) throw new Error(`No ${type} came: ${JSON.stringify(received)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return received.find((message) => message['type'] === type);
  };
  return { socket, received, closed, init, send, until };
}

const RUN_EVENTS = `subscription ($runId: ID!, $after: Int) { runEvents(runId: $runId, after: $after) {
  run { id status output } event { sequence kind path } } }`;
const APPROVAL_EVENTS = 'subscription { approvalEvents { id status canDecide decisions { decision } } }';

const worker = () =>
  runActivities({
    database: api.house.database,
    keyring: api.house.keyring,
    egress: createEgress({ allow: '' }),
    log: createLogger({ level: 'silent', pretty: false }),
  });
async function newRun() {
  const workflowId = fromGlobalId('Workflow', world.ids.workflow, 'id');
  const { id: runId } = await startRun(world.tenant.as('owner'), { workflowId });
  const key = { tenantId: world.tenant.tenantId, runId };
  return {
    globalId: toGlobalId('Run', runId),
    open: () => worker().openRun(key),
    record: (...events: StepEvent[]) => worker().recordSteps({ ...key, events }),
    close: (...events: StepEvent[]) =>
      worker().closeRun({
        ...key,
        status: 'SUCCEEDED',
        output: { value: 7 },
        error: null,
        response: null,
        events,
      }),
  };
}
const step = (sequence: number, kind: StepEvent['kind'], path = 'a') => stepEvent({ path, kind, sequence });

describe('runEvents', () => {
  it('tells how the run stands, then each event as it is stored, and ends with the run', async () => {
    const run = await newRun();
    const { client } = clientOf(world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId });
    await seen.until(() => seen.items.length === 1);
    await run.open();
    await run.record(step(0, 'STARTED'));
    await run.record(step(1, 'SUCCEEDED'), step(2, 'STARTED', 'b'));
    await run.close(step(3, 'SUCCEEDED', 'b'));
    await seen.until(() => seen.outcome.complete === true);
    const news = seen.items.map((item) => (item['data'] as { runEvents: Record<string, unknown> }).runEvents);
    expect(news[0]).toEqual({ run: { id: run.globalId, status: 'QUEUED', output: null }, event: null });
    expect(news.flatMap(({ event }) => (event ? [event] : []))).toEqual([
      { sequence: 0, kind: 'STARTED', path: 'a' },
      { sequence: 1, kind: 'SUCCEEDED', path: 'a' },
      { sequence: 2, kind: 'STARTED', path: 'b' },
      { sequence: 3, kind: 'SUCCEEDED', path: 'b' },
    ]);
    expect(news.at(-1)?.['run']).toEqual({ id: run.globalId, status: 'SUCCEEDED', output: 7 });
  });

  it('begins after the events that the client knows, and tells late ones with lower numbers once', async () => {
    const run = await newRun();
    await run.open();
    await run.record(step(0, 'STARTED'), step(1, 'SUCCEEDED'), step(5, 'STARTED', 'b'));
    const { client } = clientOf(world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId, after: 1 });
    await seen.until(() => seen.items.length === 2);
    await run.record(step(4, 'STARTED', 'c'), step(5, 'STARTED', 'b'));
    await run.close();
    await seen.until(() => seen.outcome.complete === true);
    const paths = seen.items.flatMap((item) => {
      const { event } = (item['data'] as { runEvents: { event: { path: string } | null } }).runEvents;
      return event ? [event.path] : [];
    });
    expect(paths).toEqual(['b', 'c']);
  });

  it('ends at once for a run that is over', async () => {
    const run = await newRun();
    await run.open();
    await run.close(step(0, 'STARTED'));
    const { client } = clientOf(world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId });
    await seen.until(() => seen.outcome.complete === true);
    expect(seen.items).toHaveLength(2);
  });

  it.each([
    ['of another organisation', () => world.ids.run, () => strangers.keys.owner, 'NOT_FOUND'],
    ['that is no id', () => 'made up', () => world.keys.owner, 'INVALID'],
  ])('refuses a run %s', async (_, runId, key, code) => {
    const { client } = clientOf(key());
    const seen = follow(client, RUN_EVENTS, { runId: runId() });
    await seen.until(() => seen.items.length > 0 || seen.outcome.error !== undefined);
    expect(JSON.stringify([seen.items, seen.outcome])).toContain(`"code":"${code}"`);
  });

  it('misses nothing when the listening connection to PostgreSQL is lost', async () => {
    const run = await newRun();
    await run.open();
    const { client } = clientOf(world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId });
    await seen.until(() => seen.items.length === 1);
    const admin = new pg.Client({ connectionString: api.house.test.adminUrl });
    await admin.connect();
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'levqor-live' AND datname = current_database()`,
    );
    await admin.end();
    await run.record(step(0, 'STARTED'));
    await run.close(step(1, 'SUCCEEDED'));
    await seen.until(() => seen.outcome.complete === true);
    expect(JSON.stringify(seen.items)).toContain('"sequence":1');
  });
});

describe('approvalEvents', () => {
  it('tells of requests that are made and decided here, as the caller sees them, and of no others', async () => {
    const { client } = clientOf(world.keys.finance);
    const seen = follow(client, APPROVAL_EVENTS);
    const other = follow(clientOf(strangers.keys.finance).client, APPROVAL_EVENTS);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const request = approvalRequest(world.tenant, { class: 'B' });
    await approvalActivities(api.house.platform).requestApproval({ request });
    await seen.until(() => seen.items.length === 1);
    const { approvalId, planHash } = request;
    await decideApproval(world.tenant.as('operator'), { approvalId, planHash, decision: 'APPROVE' });
    await seen.until(() => seen.items.length === 2);
    const id = toGlobalId('Approval', approvalId);
    expect(seen.items.map((item) => (item['data'] as { approvalEvents: object }).approvalEvents)).toEqual([
      { id, status: 'PENDING', canDecide: true, decisions: [] },
      { id, status: 'APPROVED', canDecide: false, decisions: [{ decision: 'APPROVE' }] },
    ]);
    expect(other.items).toEqual([]);
  });
});

describe('documents over the socket', () => {
  it.each([
    ['an unknown field', 'subscription { approvalEvents { nope } }', 'INVALID'],
    ['a syntax error', 'subscription {', 'INVALID'],
    [
      'too many aliases',
      `subscription { approvalEvents { ${Array.from({ length: 16 }, (_, i) => `a${i}: id`).join(' ')} } }`,
      'LIMIT_EXCEEDED',
    ],
    ['two subscriptions', 'subscription { approvalEvents { id } b: approvalEvents { id } }', 'INVALID'],
    ['a query', '{ viewer { roles } }', 'INVALID'],
    ['a mutation', 'mutation { createWorkflow(input: { name: "x" }) { id } }', 'INVALID'],
    [
      'a text that is too long',
      `subscription { approvalEvents { id } } ${'#'.repeat(20_000)}`,
      'LIMIT_EXCEEDED',
    ],
    ['a bad variable', 'subscription ($runId: ID!) { runEvents(runId: $runId) { run { id } } }', 'INVALID'],
  ])('are checked: %s', async (_, query, code) => {
    const seen = follow(clientOf(world.keys.owner).client, query);
    await seen.until(() => seen.outcome.error !== undefined || seen.items.length > 0);
    const [error] = (seen.outcome.error ?? seen.items[0]?.['errors']) as { extensions: object }[];
    expect(error?.extensions).toMatchObject({ code, requestId: expect.any(String) });
  });

  it('may be 50 at a time', async () => {
    const { client } = clientOf(world.keys.owner);
    const all = Array.from({ length: SOCKET_LIMITS.subscriptions + 1 }, () =>
      follow(client, APPROVAL_EVENTS),
    );
    const last = all.at(-1);
    await last?.until(() => last.outcome.error !== undefined);
    expect(JSON.stringify(last?.outcome.error)).toContain('too_many_subscriptions');
    expect(all.filter(({ outcome }) => outcome.error !== undefined)).toHaveLength(1);
  });
});

describe('the protocol graphql-transport-ws', () => {
  it.each([
    ['without a key', null, 'key_missing'],
    ['with a made-up key', 'lvq_nothing', 'key_invalid'],
  ])('closes with 4403 %s', async (_, key, reason) => {
    const { client, closed } = clientOf(key);
    follow(client, APPROVAL_EVENTS);
    expect(await closed).toMatchObject({ code: 4403, reason });
  });

  it('takes the key from the header too', async () => {
    const { send, until } = await rawSocket('graphql-transport-ws', {
      authorization: `Bearer ${world.keys.owner}`,
    });
    send({ type: 'connection_init' });
    expect(await until('connection_ack')).toBeTruthy();
  });

  it('closes with 4401 a subscription before the sign-in', async () => {
    const { send, closed } = await rawSocket();
    send({ type: 'subscribe', id: '1', payload: { query: APPROVAL_EVENTS } });
    expect(await closed).toBe(4401);
  });

  it('closes with 4429 a second sign-in', async () => {
    const { init, closed } = await rawSocket();
    init(world.keys.owner);
    init(world.keys.owner);
    expect(await closed).toBe(4429);
  });

  it.each([['not JSON'], ['{"type":"nope"}'], ['{"type":"subscribe"}'], ['[]']])(
    'closes with 4400 %s',
    async (text) => {
      const { init, send, until, closed } = await rawSocket();
      init(world.keys.owner);
      await until('connection_ack');
      send(text);
      expect(await closed).toBe(4400);
    },
  );

  it('closes with 4409 a second subscription of one id', async () => {
    const { init, send, until, closed } = await rawSocket();
    init(world.keys.owner);
    await until('connection_ack');
    for (let i = 0; i < 2; i += 1) send({ type: 'subscribe', id: '1', payload: { query: APPROVAL_EVENTS } });
    expect(await closed).toBe(4409);
  });

  it('closes with 4408 when nobody signs in', async () => {
    const { closed } = await rawSocket();
    expect(await closed).toBe(4408);
  }, 10_000);

  it('closes with 4406 another protocol', async () => {
    const socket = new WebSocket(address(), 'graphql-ws');
    opened.push(socket);
    // This client ends itself when the server takes none of its protocols; others read the code 4406.
    const message = await new Promise((resolve) => socket.once('error', (error) => resolve(error.message)));
    expect(message).toContain('subprotocol');
    const { closed } = await rawSocket([]);
    expect(await closed).toBe(4406);
  });

  it('closes with 1009 a message that is too large', async () => {
    const { send, closed } = await rawSocket();
    send({ type: 'connection_init', payload: { a: 'x'.repeat(SOCKET_LIMITS.message) } });
    expect(await closed).toBe(1009);
  });

  it('answers pings', async () => {
    const { init, send, until } = await rawSocket();
    init(world.keys.owner);
    await until('connection_ack');
    send({ type: 'ping', payload: { at: 1 } });
    expect(await until('pong')).toEqual({ type: 'pong', payload: { at: 1 } });
  });

  it('stops listening when a client completes in the middle', async () => {
    const { client } = clientOf(world.keys.owner);
    const run = await newRun();
    const first = follow(client, RUN_EVENTS, { runId: run.globalId });
    const second = follow(client, RUN_EVENTS, { runId: run.globalId });
    await first.until(() => first.items.length === 1 && second.items.length === 1);
    first.stop();
    await first.until(() => first.outcome.complete === true);
    await run.open();
    await run.close(step(0, 'STARTED'));
    await second.until(() => second.outcome.complete === true);
    expect(first.items).toHaveLength(1);
  });

  it('is refused at another address', async () => {
    const socket = new WebSocket(`${address()}/other`, 'graphql-transport-ws');
    opened.push(socket);
    const message = await new Promise((resolve) => socket.once('error', (error) => resolve(error.message)));
    expect(message).toContain('404');
  });
});

describe('a key that loses its rights', () => {
  it.each([
    [
      'key_invalid',
      async (apiKeyId: string) => void (await revokeApiKey(world.tenant.as('owner'), { id: apiKeyId })),
    ],
    [
      'rights_changed',
      async () => {
        const personId = world.tenant.people.admin.id;
        await setMemberRoles(world.tenant.as('owner'), { personId, roles: ['viewer', 'builder'] });
      },
    ],
  ])('has its socket closed with 4403 %s', async (reason, change) => {
    const admin = world.tenant.as('admin');
    const { token, apiKey } = await createApiKey(
      { ...admin, actor: { ...admin.actor, roles: ['admin', 'viewer'] } as typeof admin.actor },
      { name: 'to lose' },
    );
    const { client, closed } = clientOf(token);
    const seen = follow(client, RUN_EVENTS, { runId: world.ids.run });
    await seen.until(() => seen.items.length === 1);
    await change(apiKey.id);
    expect(await closed).toMatchObject({ code: 4403, reason });
  });
});
