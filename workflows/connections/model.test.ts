import { describe, expect, it } from '@jest/globals';
import { headerProblem, looksLikeCredential } from './http-headers.ts';
import { parseMailbox } from './mailbox.ts';
import { connectionNameSchema, parseConnection } from './model.ts';

const http = (settings: object, secrets?: object) => ({ kind: 'HTTP', settings, secrets });
const postgres = (settings: object, secrets?: object) => ({
  kind: 'POSTGRES',
  settings: { host: 'db.example.com', database: 'shop', user: 'levqor', ...settings },
  secrets,
});
const smtp = (settings: object, secrets?: object) => ({
  kind: 'SMTP',
  settings: { host: 'mail.example.com', port: 587, from: 'ops@example.com', ...settings },
  secrets,
});
const site = { baseUrl: 'https://api.example.com/v1' };

describe('parseConnection accepts', () => {
  it.each([
    http(site),
    http({ baseUrl: 'http://127.0.0.1:8125' }, {}),
    http({ baseUrl: 'https://[2606:4700::1]:8443/' }, { bearer: 'token-1' }),
    http(
      { ...site, headers: { 'X-Client': 'levqor', 'Idempotency-Key': 'x' } },
      { username: 'u', password: '' },
    ),
    http(site, { headers: { Authorization: 'Bearer abc', 'X-Api-Key': 'k' } }),
    http(site, { bearer: 'token', headers: { 'X-Api-Key': 'k' } }),
    http({ ...site, rateLimit: { requests: 100_000, perSeconds: 86_400 } }),
    postgres({}),
    postgres({ rateLimit: { requests: 1, perSeconds: 1 } }),
    smtp({ rateLimit: { requests: 14, perSeconds: 1 } }),
    postgres({ port: 6543, tls: 'unverified', readOnly: true }, { password: 'p:@/ü' }),
    postgres({ host: '::1', tls: false }),
    smtp({}),
    smtp({ from: 'Müller & Söhne <ops@example.com>', tls: true }, { username: 'ops', password: 'p' }),
  ])('%j', (raw) => {
    const parsed = parseConnection(raw);
    expect(parsed).toEqual({
      connection: {
        ...raw,
        secrets: raw.secrets && Object.keys(raw.secrets).length > 0 ? raw.secrets : null,
      },
    });
  });
});

describe('parseConnection names the field that is wrong', () => {
  it.each([
    [{ kind: 'FTP', settings: {} }, 'kind'],
    [http({}), 'settings.baseUrl'],
    [http({ baseUrl: 'api.example.com' }), 'settings.baseUrl'],
    [http({ ...site, rateLimit: { requests: 0, perSeconds: 1 } }), 'settings.rateLimit.requests'],
    [http({ ...site, rateLimit: { requests: 100_001, perSeconds: 1 } }), 'settings.rateLimit.requests'],
    [http({ ...site, rateLimit: { requests: 1.5, perSeconds: 1 } }), 'settings.rateLimit.requests'],
    [postgres({ rateLimit: { requests: 1, perSeconds: 0 } }), 'settings.rateLimit.perSeconds'],
    [postgres({ rateLimit: { requests: 1, perSeconds: 86_401 } }), 'settings.rateLimit.perSeconds'],
    [smtp({ rateLimit: { requests: 1 } }), 'settings.rateLimit.perSeconds'],
    [smtp({ rateLimit: 5 }), 'settings.rateLimit'],
    [http({ baseUrl: 'ftp://api.example.com' }), 'settings.baseUrl'],
    [http({ baseUrl: 'https://user:pass@api.example.com' }), 'settings.baseUrl'],
    [http({ baseUrl: 'https://api.example.com\\@evil.com' }), 'settings.baseUrl'],
    [http({ baseUrl: 'https://api.example.com/?api_key=1' }), 'settings.baseUrl'],
    [http({ baseUrl: 'https://api.example.com/#x' }), 'settings.baseUrl'],
    [http({ baseUrl: 'https://api.example.com:99999' }), 'settings.baseUrl'],
    [http({ baseUrl: 'https://api.example.com/a b' }), 'settings.baseUrl'],
    [http({ baseUrl: 'https://api.example.com/\r\nHost: x' }), 'settings.baseUrl'],
    [http({ ...site, headers: { Authorization: 'x' } }), 'settings.headers.Authorization'],
    [http({ ...site, headers: { 'x-thing': 'Bearer abc' } }), 'settings.headers.x-thing'],
    [http({ ...site, headers: { Host: 'x' } }), 'settings.headers.Host'],
    [http({ ...site, headers: { 'X-A': 'a', 'x-a': 'b' } }), 'settings.headers.x-a'],
    [http({ ...site, headers: { 'x-a': 'a\r\nb: c' } }), 'settings.headers.x-a'],
    [http({ ...site, bearer: 't' }), 'settings'],
    [http(site, { bearer: 't', username: 'u', password: 'p' }), 'secrets.bearer'],
    [http(site, { bearer: 'a b' }), 'secrets.bearer'],
    [http(site, { username: 'u' }), 'secrets.password'],
    [http(site, { password: 'p' }), 'secrets.username'],
    [http(site, { username: 'a:b', password: 'p' }), 'secrets.username'],
    [http(site, { bearer: 't', headers: { authorization: 'x' } }), 'secrets.headers.authorization'],
    [http(site, { token: 't' }), 'secrets'],
    [postgres({ host: 'postgres://db' }), 'settings.host'],
    [postgres({ host: '/var/run/postgresql' }), 'settings.host'],
    [postgres({ host: 'user@db' }), 'settings.host'],
    [postgres({ port: 0 }), 'settings.port'],
    [postgres({ tls: 'yes' }), 'settings.tls'],
    [postgres({ password: 'p' }), 'settings'],
    [postgres({}, { password: '' }), 'secrets.password'],
    [smtp({ from: 'nobody' }), 'settings.from'],
    [smtp({ from: 'a@b.c\r\nBcc: x@y.z' }), 'settings.from'],
    [smtp({ port: undefined }), 'settings.port'],
    [smtp({}, { username: 'u' }), 'secrets.password'],
  ])('%j', (raw, field) => {
    const parsed = parseConnection(raw);
    expect('issues' in parsed && parsed.issues.map((issue) => issue.field)).toContain(field);
  });

  it('says where a misplaced secret belongs, and never repeats it', () => {
    const raw = http({ ...site, headers: { 'X-Api-Key': 'canary-77' } }, { bearer: 'canary 78' });
    const text = JSON.stringify(parseConnection(raw));
    expect(text).toContain('secrets.headers');
    expect(text).not.toContain('canary');
  });
});

describe('connectionNameSchema', () => {
  it.each(['shop', 'Shop-2', '0_a', 'a'.repeat(64)])('accepts %s', (name) => {
    expect(connectionNameSchema.safeParse(name).success).toBe(true);
  });
  it.each(['', '-a', 'a b', 'a/b', 'ä', 'a'.repeat(65)])('refuses %j', (name) => {
    expect(connectionNameSchema.safeParse(name).success).toBe(false);
  });
});

describe('looksLikeCredential', () => {
  it.each(['Authorization', 'Cookie', 'X-API-Key', 'apikey', 'X-Auth-Token', 'Ocp-Apim-Subscription-Key'])(
    '%s',
    (name) => {
      expect(looksLikeCredential(name, 'x')).toBe(true);
    },
  );
  it.each(['Accept', 'X-Author', 'X-Keyboard', 'Idempotency-Key', 'Content-Type'])('not %s', (name) => {
    expect(looksLikeCredential(name, 'x')).toBe(false);
  });
});

describe('headerProblem', () => {
  it.each([
    ['x-a', 'one line', null],
    ['x a', '', 'letters'],
    ['', '', 'letters'],
    ['Transfer-Encoding', 'chunked', 'set by Levqor'],
    ['x-a', 'a\nb', 'one line'],
    ['x-a', 'a\0b', 'one line'],
    ['x-a', '漢', 'one line'],
  ])('%s: %j', (name, value, part) => {
    expect(headerProblem(name, value) ?? 'null').toContain(part ?? 'null');
  });
});

describe('parseMailbox', () => {
  it.each([
    ['a@b.org', { name: '', address: 'a@b.org' }],
    [' "Doe, Jane" <jane@b.org> ', { name: 'Doe, Jane', address: 'jane@b.org' }],
    ['李 <li@例え.jp>', { name: '李', address: 'li@例え.jp' }],
  ])('reads %s', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox);
  });
  it.each([
    '',
    'a',
    '@b.org',
    'a@',
    'a@b@c.org',
    'a@b.org, c@d.org',
    'a b@c.org',
    '<a@b.org> x',
    'a@b.org\n',
    'a@-b.org',
  ])('refuses %j', (text) => {
    expect(parseMailbox(text)).toBeNull();
  });
});
