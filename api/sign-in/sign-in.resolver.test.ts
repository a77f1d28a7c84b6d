import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { platformMail } from '../../activities/sign-in/index.ts';
import type { TestTenant } from '../../activities/testing.ts';
import { openTestApi, type TestApi } from '../testing/api.ts';
import { startTestMail, type TestMail } from '../testing/mail.ts';
import { readWebKey } from './web-token.ts';

const SECRET = randomBytes(32).toString('hex');
const pair = generateKeyPairSync('ed25519');
const DEMO = `demo-${randomUUID()}@demo.levqor.example`;

let mail: TestMail;
let api: TestApi;
let tenant: TestTenant;

beforeAll(async () => {
  mail = await startTestMail();
  api = await openTestApi({
    recheckEvery: 50,
    web: {
      key: readWebKey(pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')),
      secret: SECRET,
      mail: platformMail(`smtp://127.0.0.1:${mail.port}?tls=false`, 'Levqor <no-reply@levqor.example>'),
      demoPeople: [DEMO],
    },
  });
  tenant = await api.house.newTenant();
});
afterAll(async () => {
  await api.close();
  await mail.close();
});

type Answer = { status: number; body: Record<string, unknown> };

async function door(path: string, body?: object, secret = SECRET): Promise<Answer> {
  const response = await fetch(`${api.url}/internal/sign-in/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** As the web app writes it. */
const letterWith = (token: string) => ({
  subject: '登录链接',
  text: `https://levqor.example/en/sign-in/confirm?token=${token}`,
});
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

interface Session {
  sessionId: string;
  personId: string;
  tenantIds: string[];
}

async function signIn(email: string): Promise<Session> {
  const token = randomBytes(32).toString('hex');
  await door('link', { email, hash: hashOf(token), letter: letterWith(token), network: randomUUID() });
  expect(await mail.next(email)).toContain(token);
  const browser = { userAgent: 'A browser', network: '192.0.2.7' };
  const { body } = await door('redeem', { email, hash: hashOf(token), ...browser });
  return body['session'] as Session;
}

interface Claims {
  sub: string;
  sid: string;
  tenant: string | undefined;
}

const SECONDS = 300;

function tokenOf(
  claims: Claims,
  { key = pair.privateKey, ...more }: { key?: KeyObject; [claim: string]: unknown } = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: 'levqor-web', aud: 'levqor-api', iat: now, exp: now + SECONDS, ...claims, ...more };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'EdDSA' })}.${part(payload)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}

const claimsOf = ({ personId, sessionId, tenantIds }: Session): Claims => ({
  sub: personId,
  sid: sessionId,
  tenant: tenantIds[0],
});
const VIEWER = '{ viewer { person { email } roles memberships { roles organisation { name } } } }';
const ask = (token: string) => api.graphql({ query: VIEWER }, token);
const reasonOf = async (token: string) => (await ask(token)).errors[0]?.extensions['reason'];

describe('a link by mail', () => {
  it('signs its person in once, with the roles held now', async () => {
    const { email } = tenant.people.finance;
    const session = await signIn(email.toUpperCase().replace('@', '＠'));
    const { data } = await ask(tokenOf(claimsOf(session)));
    expect(data).toMatchObject({
      viewer: { person: { email }, roles: ['finance', 'viewer'], memberships: [{ roles: ['finance'] }] },
    });
  });

  it('cannot be used twice, by another address or with a wrong token', async () => {
    const { email } = tenant.people.owner;
    const token = randomBytes(32).toString('hex');
    const link = { hash: hashOf(token), network: randomUUID() };
    await door('link', { ...link, email, letter: letterWith(token) });
    await mail.next(email);
    const redeem = async (by: string, hash = hashOf(token)) =>
      (await door('redeem', { email: by, hash, userAgent: null })).body['session'];
    expect(await redeem(tenant.people.viewer.email)).toBeNull();
    expect(await redeem(email, hashOf('another'))).toBeNull();
    expect(await redeem(email)).toMatchObject({ personId: tenant.people.owner.id });
    expect(await redeem(email)).toBeNull();
  });

  it('is answered alike for an address that nobody has, which gets no mail', async () => {
    const email = 'nobody@levqor.example';
    const link = { email, hash: hashOf('x'), letter: letterWith('x'), network: randomUUID() };
    expect(await door('link', link)).toEqual({ status: 200, body: {} });
    const known = { ...link, email: tenant.people.admin.email, hash: hashOf('y') };
    expect(await door('link', known)).toEqual({ status: 200, body: {} });
    await mail.next(tenant.people.admin.email);
    expect(mail.received(email)).toBe(0);
  });

  it('is limited for each address and each network', async () => {
    const email = 'much@levqor.example';
    const link = { letter: letterWith('z'), hash: hashOf('z') };
    const askFor = async (n: number) =>
      (await door('link', { ...link, email, network: `network ${n}` })).status;
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await askFor(n));
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe('the token of the web', () => {
  it('is refused when anything about it is wrong', async () => {
    const claims = claimsOf(await signIn(tenant.people.builder.email));
    const now = Math.floor(Date.now() / 1000);
    const stranger = generateKeyPairSync('ed25519').privateKey;
    for (const more of [
      { key: stranger },
      { aud: 'another' },
      { iss: 'another' },
      { exp: now - 60 },
      { iat: now - 400, exp: now + 300 },
      { iat: undefined },
      { exp: undefined },
      { sid: 'no id' },
    ])
      expect({ more, reason: await reasonOf(tokenOf(claims, more)) }).toEqual({
        more,
        reason: 'key_invalid',
      });
    expect(await reasonOf(tokenOf({ ...claims, sub: tenant.people.owner.id }))).toBe('session_ended');
    for (const text of ['a.b.c', '..', 'eyJhbGciOiJub25lIn0.e30.'])
      expect(await reasonOf(text)).toBe('key_invalid');
  });

  it('reaches no organisation in which its person is no member', async () => {
    const other = await api.house.newTenant();
    const claims = claimsOf(await signIn(tenant.people.operator.email));
    expect(await reasonOf(tokenOf({ ...claims, tenant: other.tenantId }))).toBe('not_a_member');
  });

  it('ends with its session', async () => {
    const session = await signIn(tenant.people.security.email);
    const token = tokenOf(claimsOf(session));
    expect((await ask(token)).errors).toEqual([]);
    const { sessionId, personId } = session;
    await door('end', { sessionId, personId: tenant.people.owner.id });
    expect((await ask(token)).errors).toEqual([]);
    await door('end', { sessionId, personId });
    expect(await reasonOf(token)).toBe('session_ended');
  });
});

describe('the sessions of a person', () => {
  const listed = async ({ sessionId, personId }: Session) =>
    (await door('sessions', { sessionId, personId })).body['sessions'] as { id: string }[];

  it('are listed with their browser, network and times, to a session that holds only', async () => {
    const { email } = tenant.people.admin;
    const [one, other] = [await signIn(email), await signIn(email)];
    const found = await listed(one);
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining([one.sessionId, other.sessionId]));
    expect(found).toContainEqual({
      ...{ id: other.sessionId, userAgent: 'A browser', network: '192.0.2.7' },
      ...{ createdAt: expect.any(String), seenAt: expect.any(String), expiresAt: expect.any(String) },
    });
    const { sessionId, personId } = one;
    await door('end', { sessionId, personId });
    expect(await listed(one)).toEqual([]);
    expect((await listed(other)).map(({ id }) => id)).not.toContain(sessionId);
    expect(await listed({ ...other, personId: tenant.people.owner.id })).toEqual([]);
  });

  it('note once a minute that they were seen', async () => {
    const session = await signIn(tenant.people.viewer.email);
    const seenAt = async () => (await listed(session))[0] as unknown as { createdAt: string; seenAt: string };
    const admin = new pg.Client({ connectionString: api.house.test.adminUrl });
    await admin.connect();
    try {
      await admin.query(`UPDATE web_session SET created_at = now() - interval '5 minutes' WHERE id = $1`, [
        session.sessionId,
      ]);
      const before = await seenAt();
      expect(before.seenAt).toBe(before.createdAt);
      await ask(tokenOf(claimsOf(session)));
      const first = await seenAt();
      expect(Date.parse(first.seenAt)).toBeGreaterThan(Date.parse(before.seenAt));
      await ask(tokenOf(claimsOf(session)));
      expect((await seenAt()).seenAt).toBe(first.seenAt);
    } finally {
      await admin.end();
    }
  });
});

describe('the door', () => {
  it('opens with the secret only, and takes what it knows only', async () => {
    expect((await door('demo', undefined, 'a guess')).status).toBe(401);
    expect((await door('redeem', { email: 'x' })).status).toBe(400);
    expect((await door('end', { sessionId: 1, personId: 2 })).body).toEqual({ reason: 'request_malformed' });
  });

  it('signs in the people of the demo, and nobody else, without a link', async () => {
    expect((await door('demo')).body).toEqual({ people: [DEMO] });
    const { email } = tenant.people.owner;
    expect((await door('demo', { email, userAgent: null })).body).toEqual({ session: null });
    const demo = await api.house.newTenant();
    const { inviteMember } = await import('../../activities/tenancy/index.ts');
    await inviteMember(demo.as('owner'), { email: DEMO, name: 'Demo', roles: ['viewer'] });
    const { body } = await door('demo', { email: DEMO, userAgent: null });
    expect(body['session']).toMatchObject({ email: DEMO, tenantIds: [demo.tenantId] });
  });
});
