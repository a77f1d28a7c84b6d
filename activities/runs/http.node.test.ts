import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { createEgress, type Egress } from '../egress/index.ts';
import { startHttp, type TestServer } from '../egress/testing.ts';
import type { EffectCall } from './effect-executor.ts';
import { executeHttp } from './http.node.ts';

interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}
let server: TestServer;
let egress: Egress;
let base: string;
let seen: Seen[];
/** What the server answers; by default 200 with nothing. */
let answer: (seen: Seen) => {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
};

const listener: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    if (url === '/reset') return void request.socket.destroy();
    if (url === '/silent') return;
    const { status = 200, headers: more = {}, body = '' } = answer(one);
    response.writeHead(status, more).end(body);
  });
};

beforeAll(async () => {
  server = await startHttp(listener);
  base = `http://127.0.0.1:${server.port}`;
  egress = createEgress({ allow: `127.0.0.1:${server.port}` });
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
  answer = () => ({});
});

type HttpConnection = Extract<ResolvedConnection, { kind: 'HTTP' }>;
function connection(more: Partial<HttpConnection> = {}): HttpConnection {
  return { name: 'shop', kind: 'HTTP', settings: { baseUrl: `${base}/v1` }, secrets: null, ...more };
}

function run(given: Json, more: Partial<EffectCall> = {}) {
  const call: EffectCall = {
    with: given,
    connection: null,
    idempotencyKey: 'run-1/lines[3]/log',
    runId: 'run-1',
    path: 'lines[3]/log',
    signal: new AbortController().signal,
    timeoutSeconds: 10,
    ...more,
  };
  return executeHttp(call, { egress });
}

const output = async (given: Json, more?: Partial<EffectCall>) => {
  const result = await run(given, more);
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  return result.output as JsonObject;
};
const error = async (given: Json, more?: Partial<EffectCall>) => {
  const result = await run(given, more);
  if ('output' in result) throw new Error(JSON.stringify(result.output));
  return result.error;
};

describe('the request', () => {
  it('is a GET as Levqor, without idempotency key, following no habit of the step', async () => {
    await output({ url: `${base}/a?x=1`, query: { y: ['a b', 2], z: null, o: { k: 1 } } });
    expect(seen[0]).toMatchObject({ method: 'GET', body: '' });
    expect(seen[0]?.url).toBe('/a?x=1&y=a+b&y=2&o=%7B%22k%22%3A1%7D');
    expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Levqor', host: `127.0.0.1:${server.port}` });
    expect(seen[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it.each([
    [{ a: 1 }, {}, '{"a":1}', 'application/json'],
    [[1, 2], {}, '[1,2]', 'application/json'],
    [7, {}, '7', 'application/json'],
    ['text', {}, 'text', 'text/plain; charset=utf-8'],
    ['<a/>', { 'Content-Type': 'application/xml' }, '<a/>', 'application/xml'],
    [
      { a: 'b c', d: null, e: [1, 2] },
      { 'content-type': 'application/x-www-form-urlencoded' },
      'a=b+c&e=1&e=2',
      'application/x-www-form-urlencoded',
    ],
  ] as [Json, JsonObject, string, string][])('encodes the body %j', async (body, headers, text, type) => {
    await output({ method: 'POST', url: base, body, headers });
    expect(seen[0]?.body).toBe(text);
    expect(seen[0]?.headers['content-type']).toBe(type);
    expect(seen[0]?.headers['idempotency-key']).toBe('run-1/lines[3]/log');
  });

  it('takes the idempotency key of the definition', async () => {
    await output({
      method: 'POST',
      url: base,
      headers: { 'Idempotency-Key': 'mine', 'x-n': 7, 'x-null': null },
    });
    expect(seen[0]?.headers).toMatchObject({ 'idempotency-key': 'mine', 'x-n': '7' });
    expect(seen[0]?.headers).not.toHaveProperty('x-null');
  });

  it.each([
    ['/charges/1?x=1', '/v1/charges/1?x=1'],
    ['charges', '/v1/charges'],
    ['', '/v1'],
    ['?x=1', '/v1?x=1'],
    ['/users/@me', '/v1/users/@me'],
    ['/a b/ü', '/v1/a%20b/%C3%BC'],
    ['/a//b', '/v1/a//b'],
  ])('joins baseUrl and the path %j', async (path, url) => {
    await output({ connection: 'shop', path }, { connection: connection() });
    expect(seen[0]?.url).toBe(url);
  });

  it.each([
    '//evil.test/x',
    '\\\\evil.test',
    '/\\evil.test',
    '@evil.test',
    'https://evil.test/',
    'javascript:x',
    '/../admin',
    '/a/..',
    '/%2e%2E/admin',
    '/a/..%2Fadmin',
    '/..%5cadmin',
    '/./a',
    '/a\r\nHost: evil.test',
    '/a\tb',
  ])('refuses the path %j', async (path) => {
    const failure = await error({ connection: 'shop', path }, { connection: connection() });
    expect(failure).toMatchObject({ code: 'FAILED', details: { field: 'with.path' }, retryable: false });
    expect(seen).toEqual([]);
  });

  it('sends the headers of settings, step and secrets; a step cannot replace a secret one', async () => {
    const shop = connection({
      settings: { baseUrl: base, headers: { 'X-A': 'settings', 'X-B': 'settings' } },
      secrets: { bearer: 'token-1', headers: { 'X-Key': 'key-1' } },
    });
    await output({ connection: 'shop', path: '/', headers: { 'x-b': 'step' } }, { connection: shop });
    expect(seen[0]?.headers).toMatchObject({
      'x-a': 'settings',
      'x-b': 'step',
      authorization: 'Bearer token-1',
      'x-key': 'key-1',
    });
    for (const name of ['Authorization', 'x-key']) {
      const failure = await error({ connection: 'shop', headers: { [name]: 'mine' } }, { connection: shop });
      expect(failure).toMatchObject({ code: 'FAILED', details: { field: `with.headers.${name}` } });
    }
    expect(seen).toHaveLength(1);
  });

  it('proves itself by user name and password', async () => {
    const shop = connection({ secrets: { username: 'üser', password: '' } });
    await output({ connection: 'shop' }, { connection: shop });
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('üser:').toString('base64')}`);
  });

  it.each([
    [{}, 'with.url'],
    [{ url: 7 }, 'with.url'],
    [{ url: 'x', path: '/a' }, 'with.path'],
    [{ url: 'x', method: 'TRACE' }, 'with.method'],
    [{ url: 'x', headers: { 'a b': 'c' } }, 'with.headers.a b'],
    [{ url: 'x', headers: { 'x-a': 'b\r\nc: d' } }, 'with.headers.x-a'],
    [{ url: 'x', headers: { Host: 'evil.test' } }, 'with.headers.Host'],
    [{ url: 'x', other: 1 }, 'with'],
    ['text', 'with'],
  ] as [Json, string][])('refuses %j, naming %s', async (given, field) => {
    expect(await error(given)).toMatchObject({ code: 'FAILED', details: { field }, retryable: false });
  });

  it('needs a connection of its kind', async () => {
    expect(await error({ connection: 'shop' })).toMatchObject({
      code: 'CONNECTION_MISSING',
      retryable: false,
    });
    const mail: ResolvedConnection = {
      name: 'shop',
      kind: 'SMTP',
      settings: { host: 'h', port: 25, from: 'a@b.c' },
      secrets: null,
    };
    const failure = await error({ connection: 'shop' }, { connection: mail });
    expect(failure).toMatchObject({ code: 'CONNECTION_MISSING', message: expect.stringContaining('SMTP') });
  });
});

describe('the answer', () => {
  it.each([
    ['application/json', '{"a":[1]}', { a: [1] }],
    ['application/problem+json; charset=utf-8', 'null', null],
    ['application/json', '{broken', '{broken'],
    ['application/json', `${'['.repeat(300)}${']'.repeat(300)}`, `${'['.repeat(300)}${']'.repeat(300)}`],
    ['text/html', '<p>ü</p>', '<p>ü</p>'],
    ['text/plain; charset=iso-8859-1', Buffer.from('ü', 'latin1'), 'ü'],
    ['text/plain; charset=nonsense', 'x', 'x'],
    ['application/octet-stream', Buffer.from([0, 255]), { base64: 'AP8=' }],
    ['image/png', 'text', { base64: 'dGV4dA==' }],
    ['', 'text', 'text'],
    ['', Buffer.from([0xff, 0xfe, 0x00]), { base64: '//4A' }],
    ['application/json', '', null],
    ['text/plain', 'a\0b', 'a\ufffdb'],
  ] as [string, string | Buffer, Json][])('reads %s', async (type, body, value) => {
    answer = () => ({ body, ...(type === '' ? {} : { headers: { 'content-type': type } }) });
    expect((await output({ url: base }))['body']).toEqual(value);
  });

  it('gives status and headers in lower case, cookies as a list', async () => {
    answer = () => ({ status: 201, headers: { 'X-A': ['1', '2'], 'Set-Cookie': 'a=b', 'X-B': 'b' } });
    const { status, headers } = await output({ url: base });
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'x-a': '1, 2', 'set-cookie': ['a=b'], 'x-b': 'b' });
  });

  it.each([
    [400, false],
    [404, false],
    [409, false],
    [408, true],
    [425, true],
    [429, true],
    [500, true],
    [503, true],
    [304, false],
  ])('fails on status %i', async (status, retryable) => {
    answer = () => ({
      status,
      headers: { 'content-type': 'application/json', 'x-other': 'x' },
      body: '{"e":1}',
    });
    const failure = await error({ url: base });
    expect(failure).toMatchObject({ code: 'HTTP_STATUS', retryable, details: { status } });
    expect(failure.details).toMatchObject({ headers: { 'content-type': 'application/json' } });
    expect(JSON.stringify(failure.details)).not.toContain('x-other');
  });

  it('accepts the statuses that the step names, redirects too', async () => {
    answer = () => ({ status: 404, headers: { 'content-type': 'text/plain' }, body: 'none' });
    expect(await output({ url: base, acceptStatus: [200, 404] })).toMatchObject({
      status: 404,
      body: 'none',
    });
    answer = () => ({ status: 302, headers: { location: '/x' } });
    expect(await output({ url: base, acceptStatus: [302] })).toMatchObject({ status: 302 });
    answer = () => ({});
    expect(await error({ url: base, acceptStatus: [204] })).toMatchObject({ code: 'HTTP_STATUS' });
  });

  it('shortens the body of an error, and tells how long to wait', async () => {
    answer = () => ({
      status: 503,
      headers: { 'retry-after': '120', 'content-type': 'text/plain' },
      body: 'x'.repeat(9000),
    });
    const { details } = await error({ url: base });
    expect(details).toMatchObject({ retryAfterSeconds: 120, body: `${'x'.repeat(4096)}…` });
    answer = () => ({ status: 503, headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() } });
    const wait = ((await error({ url: base })).details as JsonObject)['retryAfterSeconds'];
    expect([59, 60]).toContain(wait);
  });

  it('refuses more than 50 MB', async () => {
    answer = () => ({ body: Buffer.alloc(50 * 1024 * 1024 + 1) });
    const failure = await error({ url: base });
    expect(failure).toMatchObject({ code: 'OUTPUT_TOO_LARGE', retryable: false });
    answer = () => ({ body: Buffer.alloc(40 * 1024 * 1024, 255) });
    expect(await error({ url: base })).toMatchObject({ code: 'OUTPUT_TOO_LARGE' });
  });
});

describe('trouble on the way', () => {
  it('names a refused, a reset and an unknown host', async () => {
    const closed = await startHttp(listener);
    await closed.close();
    egress = createEgress({
      allow: `127.0.0.1:${server.port},127.0.0.1:${closed.port}`,
      resolve: async () => [],
    });
    const refused = await error({ url: `http://127.0.0.1:${closed.port}` });
    expect(refused).toMatchObject({ code: 'HTTP_NETWORK', details: { reason: 'refused' }, retryable: true });
    const reset = await error({ url: `${base}/reset` });
    expect(reset).toMatchObject({ code: 'HTTP_NETWORK', details: { reason: 'reset' }, retryable: true });
    const unknown = await error({ url: 'https://nowhere.test' });
    expect(unknown).toMatchObject({ code: 'HTTP_NETWORK', details: { reason: 'dns' }, retryable: true });
    const tls = await error({ url: `https://127.0.0.1:${server.port}` });
    expect(tls).toMatchObject({ code: 'HTTP_NETWORK', details: { reason: 'tls' }, retryable: true });
  });

  it('says why the guard refused', async () => {
    const failure = await error({ url: 'http://169.254.169.254/latest/meta-data' });
    expect(failure).toMatchObject({
      code: 'EGRESS_REFUSED',
      details: { reason: 'address', host: '169.254.169.254', port: 80 },
      retryable: false,
    });
  });

  it('throws the reason of the signal when it is aborted', async () => {
    const signal = AbortSignal.any([AbortSignal.timeout(100)]);
    await expect(run({ url: `${base}/silent` }, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('secrets', () => {
  const bearer = 'canary-bearer-1';
  const pair = { username: 'canary user 2', password: 'canary/pass+3=ü' };
  const sets = [
    { bearer, headers: { 'x-key': 'canary-header-4' } },
    pair,
    { headers: { Authorization: `Basic ${Buffer.from('canary-user-5:canary-pass-6').toString('base64')}` } },
  ];
  const spelled = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(`x${secret}`).toString('base64').replace(/=+$/, ''),
  ];

  it.each([
    [200, 'application/json', 0],
    [200, 'text/plain', 0],
    [500, 'application/json', 0],
    [400, 'text/plain', 3900],
  ])('are in no part of an answer with status %i of %s that echoes them', async (status, type, before) => {
    for (const secrets of sets) {
      const values: string[] = Object.values(secrets).flatMap((one: string | object) =>
        typeof one === 'string' ? [one] : (Object.values(one) as string[]),
      );
      const texts = values.flatMap(spelled);
      answer = (one) => ({
        status,
        headers: { 'content-type': type, 'x-request-id': texts.map(encodeURI).join(' ') },
        body: `${'y'.repeat(before)}${JSON.stringify({ texts, sent: one.headers, [texts[0] ?? '']: texts })}`,
      });
      const shop = connection({ secrets });
      const result = JSON.stringify(await run({ connection: 'shop' }, { connection: shop }));
      expect(result).toContain('[secret]');
      for (const text of texts) expect(result).not.toContain(text);
      expect(result).not.toMatch(/canary|Y2FuYXJ5|NhbmFyeS|jYW5hcn/);
    }
  });

  it('are in no refusal and no network error', async () => {
    const secrets = { bearer };
    const shop = connection({ settings: { baseUrl: `http://${bearer}.test` }, secrets });
    egress = createEgress({ allow: '', resolve: async () => [] });
    const result = JSON.stringify(await run({ connection: 'shop' }, { connection: shop }));
    expect(result).toContain('HTTP_NETWORK');
    expect(result).not.toContain(bearer);
    egress = createEgress({ allow: '', resolve: async () => ['10.0.0.1'] });
    expect(JSON.stringify(await run({ connection: 'shop' }, { connection: shop }))).not.toContain(bearer);
  });
});
