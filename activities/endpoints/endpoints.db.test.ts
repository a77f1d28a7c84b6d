import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { globalId, uuidOfGlobalId } from '../../workflows/ids.ts';
import { startMailReceiver } from '../../workers/testing/receivers.ts';
import { auditRows } from '../approvals/testing.ts';
import { createConnection } from '../connections/index.ts';
import { createEgress } from '../egress/index.ts';
import { startHttp, type TestServer } from '../egress/testing.ts';
import { createLogger } from '../log.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  attemptsOfDeliveries,
  createEndpoint,
  deleteEndpoint,
  emitEvent,
  endpointActivities,
  getEndpoint,
  listDeliveries,
  replayDelivery,
  rotateEndpointSecret,
  updateEndpoint,
} from './index.ts';

interface Received {
  headers: Record<string, string>;
  body: string;
}

let house: TestHouse;
let tenant: TestTenant;
let server: TestServer;
let received: Received[];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
beforeAll(async () => {
  house = await openTestHouse();
}, 60_000);
afterAll(() => house?.close());
beforeEach(async () => {
  tenant = await house.newTenant();
  received = [];
  answer = (response) => void response.writeHead(204).end();
  server = await startHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      received.push({ headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(response, request);
    });
  });
});
afterEach(() => server.close());

const owner = () => tenant.as('owner');
const address = () => `http://127.0.0.1:${server.port}/events`;
const newEndpoint = (more: object = {}) =>
  createEndpoint(owner(), {
    ...{ url: address(), description: 'Tests', eventTypes: ['run.failed' as const], ...more },
  });
const emit = (type: 'run.failed' | 'run.succeeded' = 'run.failed') =>
  house.database.withTenant(tenant.tenantId, (db) =>
    emitEvent(db, tenant.tenantId, { type, data: { run: { id: 'run_1', text: 'ünï ✓' } } }),
  );

/** The ids of the deliveries of an event just emitted. */
const emitted = async () =>
  (await emit()).map(({ message }) => ('deliveryId' in message ? message.deliveryId : ''));

function activities(allow: string) {
  const { database, keyring } = house;
  const log = createLogger({ level: 'silent', pretty: false });
  return endpointActivities({ database, keyring, log, egress: createEgress({ allow }) });
}
const attempt = (deliveryId: string, number = 1, allow = `127.0.0.1:${server.port}`) =>
  activities(allow).attemptDelivery({ tenantId: tenant.tenantId, deliveryId, number, random: 0 });
const deliveries = async () => (await listDeliveries(owner(), {})).items.map(({ node }) => node);
const attemptsOf = async (id: string) =>
  (await attemptsOfDeliveries(owner(), { deliveryIds: [id] })).get(id) ?? [];

describe('an event', () => {
  it('goes to the endpoints that want it, and to no other', async () => {
    const { endpoint } = await newEndpoint();
    await newEndpoint({ eventTypes: ['run.succeeded'] });
    const off = await newEndpoint();
    await updateEndpoint(owner(), { endpointId: off.endpoint.id, enabled: false });
    const stranger = await house.newTenant();
    await createEndpoint(stranger.as('owner'), {
      ...{ url: address(), description: 'Other', eventTypes: ['run.failed'] },
    });
    await emit();
    expect(await deliveries()).toMatchObject([
      { endpointId: endpoint.id, status: 'PENDING', attemptCount: 0 },
    ]);
  });

  it('arrives signed, as the reference library of Standard Webhooks reads it', async () => {
    const { secret } = await newEndpoint();
    const [deliveryId = ''] = await emitted();
    expect(await attempt(deliveryId)).toEqual({ done: true });
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'run.failed' });
    expect(() => new Webhook(secret).verify(body.replace('run_1', 'run_2'), headers)).toThrow();
    const [delivery] = await deliveries();
    expect(headers['webhook-id']).toBe(globalId('event', delivery?.eventId ?? ''));
    expect(delivery).toMatchObject({ status: 'DELIVERED', attemptCount: 1, nextAt: null });
    expect(await attemptsOf(deliveryId)).toMatchObject([{ number: 1, httpStatus: 204, error: null }]);
  });

  it('is signed by the old and the new secret after a rotation, until the old one ends', async () => {
    const { endpoint, secret: old } = await newEndpoint();
    const { secret } = await rotateEndpointSecret(owner(), { endpointId: endpoint.id });
    const [first = ''] = await emitted();
    await attempt(first);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const key of [old, secret]) expect(() => new Webhook(key).verify(body, headers)).not.toThrow();

    const { secret: last } = await rotateEndpointSecret(owner(), {
      endpointId: endpoint.id,
      overlapSeconds: 0,
    });
    const [second = ''] = await emitted();
    await attempt(second);
    const later = received[1] ?? { headers: {}, body: '' };
    expect(() => new Webhook(last).verify(later.body, later.headers)).not.toThrow();
    for (const key of [old, secret])
      expect(() => new Webhook(key).verify(later.body, later.headers)).toThrow();
  });

  it('signs what the specification says: id, time and body, by the bytes of the secret', async () => {
    const { secret } = await newEndpoint();
    const [deliveryId = ''] = await emitted();
    await attempt(deliveryId);
    const [{ headers, body } = { headers: {} as Record<string, string>, body: '' }] = received;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(key).toHaveLength(32);
    const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(text).digest('base64')}`,
    );
  });
});

describe('an attempt', () => {
  it.each([
    { status: 500, header: {}, wait: 5 },
    { status: 302, header: { location: '/elsewhere' }, wait: 5 },
    { status: 429, header: { 'retry-after': '90' }, wait: 90 },
    { status: 400, header: {}, wait: 5 },
  ])('answered by $status is tried again after $wait s', async ({ status, header, wait }) => {
    answer = (response) => void response.writeHead(status, header).end('Busy');
    await newEndpoint();
    const [deliveryId = ''] = await emitted();
    const before = Date.now();
    const next = await attempt(deliveryId);
    if (next.done) throw new Error('It was given up');
    expect(next.nextAt - before).toBeGreaterThanOrEqual(wait * 1000);
    expect(received).toHaveLength(1);
    expect(await attemptsOf(deliveryId)).toMatchObject([{ httpStatus: status, response: 'Busy' }]);
    expect(await deliveries()).toMatchObject([{ status: 'PENDING', attemptCount: 1 }]);
    // Temporal repeats an activity whose end it did not hear of: what was written down is not sent again.
    expect(await attempt(deliveryId)).toEqual(next);
    expect(received).toHaveLength(1);
  });

  it('answered by 410 Gone is the last one, and switches the endpoint off', async () => {
    answer = (response) => void response.writeHead(410).end();
    const { endpoint } = await newEndpoint();
    const [deliveryId = ''] = await emitted();
    // Nobody can be written to: there is no mail connection.
    expect(await attempt(deliveryId)).toEqual({ done: true, tell: [] });
    expect(await deliveries()).toMatchObject([{ status: 'FAILED' }]);
    expect(await getEndpoint(owner(), { endpointId: endpoint.id })).toMatchObject({
      disabledReason: 'It answered 410 Gone.',
    });
    expect(await emit()).toEqual([]);
    const on = await updateEndpoint(owner(), { endpointId: endpoint.id, enabled: true });
    expect(on.disabledAt).toBeNull();
    expect(await emit()).toHaveLength(1);
  });

  it('that is the tenth and fails gives the delivery up', async () => {
    answer = (response) => void response.writeHead(503).end();
    await newEndpoint();
    const [deliveryId = ''] = await emitted();
    expect(await attempt(deliveryId, 10)).toEqual({ done: true });
    expect(await deliveries()).toMatchObject([{ status: 'FAILED', attemptCount: 10 }]);
  });

  it('goes nowhere that the guard refuses, and says so', async () => {
    await newEndpoint();
    const [deliveryId = ''] = await emitted();
    expect(await attempt(deliveryId, 1, '')).toMatchObject({ done: false });
    expect(received).toEqual([]);
    expect(await attemptsOf(deliveryId)).toMatchObject([{ httpStatus: null, error: expect.any(String) }]);
  });

  it('cuts the connection off: the error is kept', async () => {
    answer = (response) => void response.destroy();
    await newEndpoint();
    const [deliveryId = ''] = await emitted();
    await attempt(deliveryId);
    const [made] = await attemptsOf(deliveryId);
    expect(made?.error).toContain('could not be reached');
  });

  it('to an endpoint that was deleted or switched off meanwhile is not made', async () => {
    const { endpoint } = await newEndpoint();
    const [deliveryId = ''] = await emitted();
    await deleteEndpoint(owner(), { endpointId: endpoint.id });
    expect(await attempt(deliveryId)).toEqual({ done: true });
    expect(received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ status: 'CANCELLED' }]);
  });
});

describe('an endpoint at which nothing arrives for days', () => {
  const LAST = 10;
  const refuse = () => (answer = (response) => void response.writeHead(503).end());
  const view = (endpointId: string) => getEndpoint(owner(), { endpointId });
  /** Makes it so many days since the first failure. */
  const age = (endpointId: string, days: number) =>
    house.database.withTenant(tenant.tenantId, (db) =>
      db.endpoint.updateMany({
        where: { id: endpointId },
        data: { failingSince: new Date(Date.now() - days * 86_400_000) },
      }),
    );
  /** Three deliveries that were given up, the third one now, `days` after the first failure. */
  async function loseThree(endpointId: string, days: number) {
    for (let i = 0; i < 2; i++) await attempt((await emitted())[0] ?? '', LAST);
    await age(endpointId, days);
    const [last = ''] = await emitted();
    return { last, step: await attempt(last, LAST) };
  }

  it('is switched off, with a reason that is shown and audited, and can be switched on again', async () => {
    refuse();
    const { endpoint } = await newEndpoint();
    expect((await view(endpoint.id)).failingSince).toBeNull();
    await loseThree(endpoint.id, 5);
    const off = await view(endpoint.id);
    expect(off.disabledAt).not.toBeNull();
    expect(off.disabledReason).toMatch(/^Nothing arrived since .* UTC, and 3 events were given up\.$/);
    expect(await emit()).toEqual([]);
    expect(await auditRows(house, tenant, 'endpoint.disable')).toMatchObject([
      { actor: { kind: 'system' }, target: endpoint.id, details: { reason: off.disabledReason } },
    ]);
    const on = await updateEndpoint(owner(), { endpointId: endpoint.id, enabled: true });
    expect(on).toMatchObject({ disabledAt: null, disabledReason: null, failingSince: null });
    // It begins anew: the next failure does not count five days.
    await attempt((await emitted())[0] ?? '', LAST);
    expect((await view(endpoint.id)).disabledAt).toBeNull();
  });

  it('stays on before that, and once something arrived in between', async () => {
    refuse();
    const { endpoint } = await newEndpoint();
    await loseThree(endpoint.id, 4.9);
    expect(await view(endpoint.id)).toMatchObject({ disabledAt: null, failingSince: expect.any(String) });
    answer = (response) => void response.writeHead(204).end();
    await attempt((await emitted())[0] ?? '');
    expect((await view(endpoint.id)).failingSince).toBeNull();
    refuse();
    await attempt((await emitted())[0] ?? '', LAST);
    await age(endpoint.id, 9);
    await attempt((await emitted())[0] ?? '', LAST);
    expect((await view(endpoint.id)).disabledAt).toBeNull();
  });

  it('is told to owners and admins by mail, once, although an answer to Temporal is lost', async () => {
    refuse();
    const mails = await startMailReceiver();
    const settings = { host: '127.0.0.1', port: mails.port, tls: false, from: 'Ops <ops@example.com>' };
    await createConnection(owner(), { name: 'email', kind: 'SMTP', settings });
    const { endpoint } = await newEndpoint();
    const { last, step } = await loseThree(endpoint.id, 6);
    const people = [tenant.people.admin.id, tenant.people.owner.id].sort();
    expect(step).toEqual({ done: true, tell: people });
    expect(await attempt(last, LAST)).toEqual(step);
    const { sendEndpointMail } = activities(`127.0.0.1:${mails.port}`);
    const key = { tenantId: tenant.tenantId, deliveryId: last };
    for (const personId of [...people, ...people]) await sendEndpointMail({ ...key, personId });
    expect(new Set(mails.letters.map(({ messageId }) => messageId)).size).toBe(2);
    expect(mails.letters[0]).toMatchObject({ subject: 'Endpoint switched off: Tests' });
    await updateEndpoint(owner(), { endpointId: endpoint.id, enabled: true });
    await sendEndpointMail({ ...key, personId: people[0] ?? tenant.people.owner.id });
    expect(mails.letters).toHaveLength(4);
    await mails.stop();
  });
});

describe('a replay', () => {
  it('sends the same event under the same id', async () => {
    await newEndpoint();
    const [deliveryId = ''] = await emitted();
    await attempt(deliveryId);
    const again = await replayDelivery(owner(), { deliveryId });
    expect(again).toMatchObject({ replayOf: deliveryId, status: 'PENDING' });
    await attempt(again.id);
    expect(received).toHaveLength(2);
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(uuidOfGlobalId('event', received[0]?.headers['webhook-id'] ?? '')).toBe(again.eventId);
  });

  it('waits until the delivery has ended', async () => {
    await newEndpoint();
    const [deliveryId = ''] = await emitted();
    await expect(replayDelivery(owner(), { deliveryId })).rejects.toMatchObject({
      reason: 'delivery_pending',
    });
  });
});

describe('an endpoint', () => {
  it.each(['ftp://example.com', 'https://user:word@example.com', 'example', ''])(
    'is not at %j',
    async (url) => {
      await expect(newEndpoint({ url })).rejects.toMatchObject({ code: 'INVALID' });
    },
  );

  it('shows its secret once only, and keeps it sealed', async () => {
    const { secret } = await newEndpoint();
    const [row] = await house.database.withTenant(
      tenant.tenantId,
      (db) => db.$queryRaw<{ text: string }[]>`SELECT e::text AS text FROM endpoint e`,
    );
    expect(row?.text).toContain(address());
    expect(row?.text).not.toContain(secret);
    expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
  });
});
