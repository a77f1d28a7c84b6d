import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createEgress } from './create-egress.ts';
import { egressFetch, type EgressRequest } from './egress-fetch.ts';
import { startHttp, testCertificate, type TestServer } from './testing.ts';

let server: TestServer;
/** Never on any allow-list: it must not see a single connection. */
let inner: TestServer;
let other: TestServer;
let seen: IncomingMessage[];

const listener = (request: IncomingMessage, response: ServerResponse) => {
  seen.push(request);
  const url = new URL(request.url ?? '/', 'http://x');
  const to = url.searchParams.get('to');
  const encoding = url.searchParams.get('encoding');
  if (to !== null)
    response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to }).end('moved');
  else if (url.searchParams.has('empty'))
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '0' }).end();
  else if (encoding !== null)
    response
      .writeHead(200, { 'content-encoding': encoding })
      .end(PACKED[encoding]?.(Buffer.alloc(5_000_000)));
  else if (url.pathname === '/headers') response.writeHead(200, { 'x-big': 'x'.repeat(70_000) }).end();
  else if (url.pathname === '/silent') request.resume();
  else request.pipe(response.writeHead(200, { 'x-method': request.method ?? '' }));
};
const PACKED: Record<string, (data: Buffer) => Buffer> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  unknown: (data) => data.subarray(0, 3),
};

beforeAll(async () => {
  server = await startHttp(listener);
  other = await startHttp(listener);
  inner = await startHttp(listener);
});
afterAll(() => Promise.all([server, other, inner].map((one) => one.close())));
beforeEach(() => {
  seen = [];
});

const allowed = () => createEgress({ allow: `127.0.0.1:${server.port},127.0.0.1:${other.port}` });

function request(url: string, more: Partial<EgressRequest> = {}): EgressRequest {
  const signal = AbortSignal.timeout(10_000);
  return { method: 'GET', url, headers: {}, followRedirects: true, maxBytes: 1_000_000, signal, ...more };
}

describe('egressFetch refuses, and nothing is sent', () => {
  const trick = (write: (port: number) => string): [() => string] => [() => write(inner.port)];

  it.each([
    ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '127.0.0.1.', 'localhost'],
    ...['LOCALHOST', '[::1]', '[::]', '0.0.0.0', '0', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[fd00::1]'],
    ...['169.254.169.254', '100.64.0.1', '10.0.0.1', '127。0。0。1', '①②⑦.0.0.1', '%31%32%37.0.0.1'],
    ...[
      'user@127.0.0.1',
      'user:pass@127.0.0.1',
      'public.test@127.0.0.1',
      '[fe80::1%25eth0]',
      '[fe80::1%eth0]',
    ],
  ])('the host %s', async (host) => {
    const egress = createEgress({ allow: '' });
    const outcome = egressFetch(egress, request(`http://${host}:${inner.port}/`));
    await expect(outcome).rejects.toMatchObject({ name: 'EgressRefused' });
    expect(inner.connections()).toBe(0);
  });

  it.each([
    trick((port) => `http://public.test\\@127.0.0.1:${port}/`),
    trick((port) => `http://127.0.0.1:${port}/\r\nx: y`),
    trick((port) => `ht\ntp://127.0.0.1:${port}/`),
    trick((port) => `http:///127.0.0.1:${port}/`),
    trick((port) => `http:127.0.0.1:${port}/`),
    trick((port) => `//127.0.0.1:${port}/`),
    trick((port) => `ftp://127.0.0.1:${port}/`),
    trick(() => 'file:///etc/passwd'),
    trick(() => 'data:text/plain,x'),
    trick(() => 'gopher://127.0.0.1:6379/_x'),
    trick(() => 'http://public.test:22/'),
    trick(() => 'http://public.test:6379/'),
    trick(() => ''),
  ])('a trick in the address', async (url) => {
    const egress = createEgress({ allow: '', resolve: async () => ['93.184.216.34'] });
    await expect(egressFetch(egress, request(url()))).rejects.toMatchObject({ name: 'EgressRefused' });
    expect(inner.connections()).toBe(0);
  });

  it('a name that leads inside', async () => {
    const egress = createEgress({ allow: '', resolve: async () => ['127.0.0.1'] });
    const outcome = egressFetch(egress, request(`http://127.0.0.1.nip.test:${inner.port}/`));
    await expect(outcome).rejects.toMatchObject({ reason: 'address' });
    expect(inner.connections()).toBe(0);
  });

  it('a redirect to an address inside, in any spelling', async () => {
    for (const host of ['127.0.0.1', '127.1', 'localhost', '[::ffff:127.0.0.1]', 'user@127.0.0.1']) {
      const to = encodeURIComponent(`http://${host}:${inner.port}/`);
      const outcome = egressFetch(allowed(), request(`http://127.0.0.1:${server.port}/?to=${to}`));
      await expect(outcome).rejects.toMatchObject({ name: 'EgressRefused' });
    }
    const relative = encodeURIComponent(`//127.1:${inner.port}/`);
    const outcome = egressFetch(allowed(), request(`http://127.0.0.1:${server.port}/?to=${relative}`));
    await expect(outcome).rejects.toMatchObject({ reason: 'host_spelling' });
    expect(inner.connections()).toBe(0);
  });
});

describe('egressFetch', () => {
  it('resolves a name once and connects to that very address, whatever DNS says next', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    const egress = createEgress({
      allow: `rebind.test:${server.port}`,
      resolve: async () => answers[asked++] ?? ['10.0.0.1'],
    });
    const answer = await egressFetch(egress, request(`http://rebind.test:${server.port}/`));
    expect(answer.status).toBe(200);
    expect(asked).toBe(1);
    expect(seen[0]?.headers.host).toBe(`rebind.test:${server.port}`);
  });

  it('asks anew for each redirect, and refuses when the name has moved inside by then', async () => {
    let asked = 0;
    const egress = createEgress({
      allow: `127.0.0.1:${server.port}`,
      resolve: async () => (asked++ === 0 ? ['10.0.0.1'] : ['93.184.216.34']),
    });
    const to = encodeURIComponent(`http://rebind.test:${inner.port}/`);
    const outcome = egressFetch(egress, request(`http://127.0.0.1:${server.port}/?to=${to}`));
    await expect(outcome).rejects.toMatchObject({ reason: 'address' });
    expect([asked, inner.connections()]).toEqual([1, 0]);
  });

  it('takes no proxy from the environment', async () => {
    const before = { ...process.env };
    const proxy = `http://127.0.0.1:${inner.port}`;
    Object.assign(process.env, {
      HTTP_PROXY: proxy,
      http_proxy: proxy,
      ALL_PROXY: proxy,
      NODE_USE_ENV_PROXY: '1',
    });
    try {
      await egressFetch(allowed(), request(`http://127.0.0.1:${server.port}/`));
    } finally {
      process.env = before;
    }
    expect(inner.connections()).toBe(0);
  });

  it('leaves credentials behind when a redirect changes the origin, and not otherwise', async () => {
    const headers = { authorization: 'a', cookie: 'c', 'x-plain': 'p' };
    const privateHeaders = { 'x-key': 'k' };
    const here = `http://127.0.0.1:${server.port}`;
    const there = encodeURIComponent(
      `http://127.0.0.1:${other.port}/?to=${encodeURIComponent(`${here}/end`)}`,
    );
    await egressFetch(allowed(), request(`${here}/?to=/next`, { headers, privateHeaders }));
    expect(seen[1]?.headers).toMatchObject({ ...headers, ...privateHeaders });
    seen = [];
    await egressFetch(allowed(), request(`${here}/?to=${there}`, { headers, privateHeaders }));
    expect(seen.map((one) => one.headers['x-plain'])).toEqual(['p', 'p', 'p']);
    expect(seen.map((one) => one.headers['x-key'])).toEqual(['k', undefined, undefined]);
    expect(seen[2]?.headers).not.toHaveProperty('authorization');
    expect(seen[2]?.headers).not.toHaveProperty('cookie');
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [302, 'PUT', 'PUT', 'body'],
    [307, 'POST', 'POST', 'body'],
    [308, 'POST', 'POST', 'body'],
  ] as const)('after %i a %s becomes a %s', async (status, method, becomes, body) => {
    const url = `http://127.0.0.1:${server.port}/?status=${status}&to=/end`;
    const more = { method, body: 'body', headers: { 'content-type': 'text/plain' } };
    const answer = await egressFetch(allowed(), request(url, more));
    expect(answer.headers['x-method']).toBe(becomes);
    expect(answer.body.toString()).toBe(body);
    expect(seen[1]?.headers['content-type']).toBe(body === '' ? undefined : 'text/plain');
  });

  it('follows three redirects and no fourth, and none when told so', async () => {
    const chain = (count: number): string =>
      count === 0 ? '/end' : `/?to=${encodeURIComponent(chain(count - 1))}`;
    const base = `http://127.0.0.1:${server.port}`;
    expect((await egressFetch(allowed(), request(base + chain(3)))).status).toBe(200);
    await expect(egressFetch(allowed(), request(base + chain(4)))).rejects.toMatchObject({
      name: 'RedirectError',
    });
    const answer = await egressFetch(allowed(), request(base + chain(1), { followRedirects: false }));
    expect([answer.status, answer.body.toString()]).toEqual([302, 'moved']);
  });

  it.each(['gzip', 'deflate', 'br'])('opens %s, and stops a bomb at the limit', async (encoding) => {
    const url = `http://127.0.0.1:${server.port}/?encoding=${encoding}`;
    const answer = await egressFetch(allowed(), request(url, { maxBytes: 5_000_000 }));
    expect(answer.body.length).toBe(5_000_000);
    const bomb = egressFetch(allowed(), request(url, { maxBytes: 4_999_999 }));
    await expect(bomb).rejects.toMatchObject({ name: 'BodyTooLarge' });
  });

  it('leaves an unknown coding as it came and refuses huge headers', async () => {
    const base = `http://127.0.0.1:${server.port}`;
    expect((await egressFetch(allowed(), request(`${base}/?encoding=unknown`))).body.length).toBe(3);
    const huge = egressFetch(allowed(), request(`${base}/headers`));
    await expect(huge).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_OVERFLOW' });
  });

  it('reads an answer that has a coding but no body', async () => {
    const url = `http://127.0.0.1:${server.port}/?encoding=gzip`;
    expect((await egressFetch(allowed(), request(url, { method: 'HEAD' }))).body).toHaveLength(0);
    expect((await egressFetch(allowed(), request(`${url}&empty=1`))).body).toHaveLength(0);
  });

  it('ends when the signal is aborted', async () => {
    const signal = AbortSignal.timeout(100);
    const outcome = egressFetch(allowed(), request(`http://127.0.0.1:${server.port}/silent`, { signal }));
    await expect(outcome).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('egressFetch with TLS', () => {
  const certificate = testCertificate('shop.test');
  let secure: TestServer;
  beforeAll(async () => {
    secure = await startHttp(listener, certificate);
  });
  afterAll(() => secure.close());

  const egressFor = (host: string, extraCa?: string) =>
    createEgress({
      allow: `${host}:${secure.port},127.0.0.1:${server.port}`,
      resolve: async () => ['127.0.0.1'],
      ...(extraCa === undefined ? {} : { extraCa }),
    });

  it('checks the certificate against the name, though it connects to an address', async () => {
    const url = `https://shop.test:${secure.port}/`;
    expect((await egressFetch(egressFor('shop.test', certificate.cert), request(url))).status).toBe(200);
    await expect(egressFetch(egressFor('shop.test'), request(url))).rejects.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/),
    });
    const wrong = egressFetch(
      egressFor('shop2.test', certificate.cert),
      request(`https://shop2.test:${secure.port}/`),
    );
    await expect(wrong).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('refuses a redirect from https to http', async () => {
    const to = encodeURIComponent(`http://127.0.0.1:${server.port}/`);
    const egress = egressFor('shop.test', certificate.cert);
    const outcome = egressFetch(egress, request(`https://shop.test:${secure.port}/?to=${to}`));
    await expect(outcome).rejects.toMatchObject({ reason: 'redirect_downgrade' });
  });
});
