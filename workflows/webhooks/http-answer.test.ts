import { describe, expect, it } from '@jest/globals';
import type { Json } from '../json.ts';
import { httpAnswer } from './http-answer.ts';

const of = (headers: Record<string, string>, body: Json = 'text', status = 200) =>
  httpAnswer({ status, headers, body });

describe('httpAnswer', () => {
  it.each([
    ['text', {}, 'text/plain; charset=utf-8', 'text'],
    [{ a: 1 }, {}, 'application/json; charset=utf-8', '{"a":1}'],
    [0, {}, 'application/json; charset=utf-8', '0'],
    ['<b>hi</b>', { 'Content-Type': 'text/html' }, 'text/html', '<b>hi</b>'],
    [[1], { 'content-type': 'application/ld+json' }, 'application/ld+json', '[1]'],
  ])('sends %p with %p as %s', (body, headers, type, sent) => {
    const answer = of(headers, body);
    expect(answer.body).toBe(sent);
    expect(answer.headers['content-type']).toBe(type);
  });

  it.each([204, 205, 304])('sends no body with %i', (status) => {
    const answer = of({ 'content-type': 'text/plain', etag: '"1"' }, 'text', status);
    expect(answer).toMatchObject({ status, body: null, headers: { etag: '"1"' } });
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  it('sends no body for null', () => {
    expect(of({}, null).body).toBeNull();
  });

  it.each(['Location', 'retry-after', 'X-Order', 'cache-control', 'Content-Disposition'])(
    'takes %s',
    (name) => {
      expect(of({ [name]: 'v' }).headers).toHaveProperty(name.toLowerCase(), 'v');
    },
  );

  it.each([
    'Set-Cookie',
    'connection',
    'keep-alive',
    'transfer-encoding',
    'content-length',
    'content-encoding',
    'upgrade',
    'trailer',
    'te',
    'proxy-authenticate',
    'www-authenticate',
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'strict-transport-security',
    'cross-origin-opener-policy',
    'clear-site-data',
    'service-worker-allowed',
    'refresh',
    'server',
    'date',
    'x-frame-options',
    'x-request-id',
    'x-accel-redirect',
    'x-sendfile',
    'x-forwarded-host',
    'bad name',
    'x-bad\r\nset-cookie',
    '',
  ])('leaves %p out', (name) => {
    expect(Object.keys(of({ [name]: 'v' }).headers).sort()).toEqual([
      'content-security-policy',
      'content-type',
      'x-content-type-options',
    ]);
  });

  it.each(['a\r\nSet-Cookie: a=b', 'a\nb', 'a\0', 'snow ☃', 'x'.repeat(4_097)])(
    'leaves out the value %p',
    (value) => {
      expect(of({ 'x-order': value }).headers).not.toHaveProperty('x-order');
    },
  );

  it('keeps every page in a sandbox, whatever the workflow wants', () => {
    const wanted = {
      'content-type': 'text/html',
      'content-security-policy': 'default-src *',
      'x-content-type-options': 'x',
    };
    expect(of(wanted, '<script>1</script>').headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none';/),
      'x-content-type-options': 'nosniff',
    });
  });

  it('sends fifty headers at most', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`x-h-${i}`, 'v']));
    expect(Object.keys(of(many).headers).filter((name) => name.startsWith('x-h-'))).toHaveLength(50);
  });
});
