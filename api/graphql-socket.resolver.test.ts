import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey, revokeApiKey, setMemberRoles } from '../activities/tenancy/index.ts';
import { SOCKET_LIMITS } from './graphql-socket.ts';
import {
  addressOf,
  APPROVAL_EVENTS,
  clientOf,
  endSockets,
  failureOf,
  follow,
  newRun,
  rawSocket,
  RUN_EVENTS,
  step,
} from './testing/sockets.ts';
import { makeWorld, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi({ recheckEvery: 300 });
  world = await makeWorld(api);
});
afterEach(endSockets);
afterAll(() => api.close());

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
    const seen = follow(clientOf(api, world.keys.owner).client, query);
    await seen.until(() => seen.outcome.error !== undefined || seen.items.length > 0);
    const [error] = (seen.outcome.error ?? seen.items[0]?.['errors']) as { extensions: object }[];
    expect(error?.extensions).toMatchObject({ code, requestId: expect.any(String) });
  });

  it('may be 50 at a time', async () => {
    const { client } = clientOf(api, world.keys.owner);
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
    const { client, closed } = clientOf(api, key);
    follow(client, APPROVAL_EVENTS);
    expect(await closed).toMatchObject({ code: 4403, reason });
  });

  it('takes the key from the header too', async () => {
    const { send, until } = await rawSocket(api, 'graphql-transport-ws', {
      authorization: `Bearer ${world.keys.owner}`,
    });
    send({ type: 'connection_init' });
    expect(await until('connection_ack')).toBeTruthy();
  });

  it('closes with 4401 a subscription before the sign-in', async () => {
    const { send, closed } = await rawSocket(api);
    send({ type: 'subscribe', id: '1', payload: { query: APPROVAL_EVENTS } });
    expect(await closed).toBe(4401);
  });

  it('closes with 4429 a second sign-in', async () => {
    const { init, closed } = await rawSocket(api);
    init(world.keys.owner);
    init(world.keys.owner);
    expect(await closed).toBe(4429);
  });

  it.each([['not JSON'], ['{"type":"nope"}'], ['{"type":"subscribe"}'], ['[]']])(
    'closes with 4400 %s',
    async (text) => {
      const { init, send, until, closed } = await rawSocket(api);
      init(world.keys.owner);
      await until('connection_ack');
      send(text);
      expect(await closed).toBe(4400);
    },
  );

  it('closes with 4409 a second subscription of one id', async () => {
    const { init, send, until, closed } = await rawSocket(api);
    init(world.keys.owner);
    await until('connection_ack');
    for (let i = 0; i < 2; i += 1) send({ type: 'subscribe', id: '1', payload: { query: APPROVAL_EVENTS } });
    expect(await closed).toBe(4409);
  });

  it('closes with 4408 when nobody signs in', async () => {
    const { closed } = await rawSocket(api);
    expect(await closed).toBe(4408);
  }, 10_000);

  it('closes with 4406 another protocol', async () => {
    // This client ends itself when the server takes none of its protocols; others read the code 4406.
    const message = await failureOf(addressOf(api), 'graphql-ws');
    expect(message).toContain('subprotocol');
    const { closed } = await rawSocket(api, []);
    expect(await closed).toBe(4406);
  });

  it('closes with 1009 a message that is too large', async () => {
    const { send, closed } = await rawSocket(api);
    send({ type: 'connection_init', payload: { a: 'x'.repeat(SOCKET_LIMITS.message) } });
    expect(await closed).toBe(1009);
  });

  it('answers pings', async () => {
    const { init, send, until } = await rawSocket(api);
    init(world.keys.owner);
    await until('connection_ack');
    send({ type: 'ping', payload: { at: 1 } });
    expect(await until('pong')).toEqual({ type: 'pong', payload: { at: 1 } });
  });

  it('stops listening when a client completes in the middle', async () => {
    const { client } = clientOf(api, world.keys.owner);
    const run = await newRun(api, world);
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
    const message = await failureOf(`${addressOf(api)}/other`, 'graphql-transport-ws');
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
    const { client, closed } = clientOf(api, token);
    const seen = follow(client, RUN_EVENTS, { runId: world.ids.run });
    await seen.until(() => seen.items.length === 1);
    await change(apiKey.id);
    expect(await closed).toMatchObject({ code: 4403, reason });
  });
});
