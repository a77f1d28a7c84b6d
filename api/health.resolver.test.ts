import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkDatabaseRole } from '../prisma/check-database-role.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const get = async (path: string) => {
  const response = await fetch(api.url + path);
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe('/healthz', () => {
  it('answers while the process lives', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  });
});

describe('/readyz', () => {
  it('is ready when PostgreSQL and Temporal answer', async () => {
    const { status, body } = await get('/readyz');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      status: 'ready',
      down: [],
      checks: { postgres: 'up', temporal: 'up' },
    });
  });

  it('names what is down, and recovers', async () => {
    api.temporal.up = false;
    const { status, body } = await get('/readyz');
    expect([status, (JSON.parse(body) as { down: string[] }).down]).toEqual([503, ['temporal']]);
    api.temporal.up = true;
    expect((await get('/readyz')).status).toBe(200);
  });

  it('does not wait for a database that hangs', async () => {
    const { database } = api.house;
    const real = database.ping;
    Object.assign(database, { ping: () => new Promise(() => undefined) });
    const started = Date.now();
    const { status, body } = await get('/readyz');
    Object.assign(database, { ping: real });
    expect([status, (JSON.parse(body) as { down: string[] }).down]).toEqual([503, ['postgres']]);
    expect(Date.now() - started).toBeLessThan(4_000);
  });
});

describe('/metrics', () => {
  it('counts requests by operation and code, with the outbox and Node', async () => {
    await api.graphql({ query: 'query Any { viewer { roles } }' });
    await api.graphql({ query: '{ no }' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { body, headers } = await get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toContain('levqor_api_requests_total{operation="query.viewer",code="UNAUTHENTICATED"} 1');
    expect(body).toContain('levqor_api_requests_total{operation="request.invalid",code="INVALID"} 1');
    expect(body).toMatch(/levqor_api_request_seconds_count\{operation="query.viewer"\} 1/);
    expect(body).toContain('levqor_outbox_due 0');
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });

  it('has no label that a client can choose', async () => {
    await api.graphql({ query: 'query CanaryName { viewer { roles } }' });
    await get('/canary-path');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await get('/metrics')).body).not.toMatch(/canary/i);
  });
});

describe('/schemas/flow-v1.json', () => {
  it('is the JSON Schema of the format', async () => {
    const { headers, body } = await get('/schemas/flow-v1.json');
    expect(headers.get('content-type')).toContain('application/schema+json');
    expect(JSON.parse(body)).toMatchObject({ title: 'Levqor Flow v1', type: 'object' });
  });
});

describe('headers', () => {
  it('are those of an API: nothing to frame, to sniff, to keep; no CORS', async () => {
    const { headers } = await get('/healthz');
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'x-request-id': expect.any(String),
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('have no page for GraphiQL', async () => {
    expect((await get('/graphiql')).status).toBe(404);
  });
});

describe('checkDatabaseRole', () => {
  it('takes the role of the application', async () => {
    await expect(checkDatabaseRole(api.house.test.appUrl)).resolves.toBeUndefined();
  });

  it.each([
    ['the owner of the tables', () => api.house.test.ownerUrl],
    ['a superuser', () => api.house.test.adminUrl],
  ])('refuses %s, saying what to use', async (_, url) => {
    await expect(checkDatabaseRole(url())).rejects.toThrow(/would not hold\. Use the role levqor_app/);
  });

  it('throws when the database is away', async () => {
    await expect(checkDatabaseRole('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED');
  });
});
