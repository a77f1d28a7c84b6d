import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { ResolvedConnection, SmtpSecrets, SmtpSettings } from '../../workflows/connections/model.ts';
import type { Json } from '../../workflows/json.ts';
import { createEgress, type Egress } from '../egress/index.ts';
import { testCertificate } from '../egress/testing.ts';
import type { EffectCall } from './effect-executor.ts';
import { messageIdOf } from './email-message.ts';
import { executeEmail } from './email.node.ts';

const certificate = testCertificate('mail.test');
const PASSWORD = 'canary-mail-pass';
let plain: SMTPServer;
let secure: SMTPServer;
let egress: Egress;
let mails: { mail: ParsedMail; to: string[]; secure: boolean }[];

const options: SMTPServerOptions = {
  ...certificate,
  authOptional: true,
  allowInsecureAuth: true,
  onAuth: (auth, _session, done) =>
    auth.password === PASSWORD
      ? done(null, { user: auth.username })
      : done(Object.assign(new Error(`no ${auth.username} ${auth.password}`), { responseCode: 535 })),
  onRcptTo: ({ address }, _session, done) => {
    const code = /^refuse-(\d+)/.exec(address)?.[1];
    if (code === '0') return void 0;
    done(code ? Object.assign(new Error(`no ${address}`), { responseCode: Number(code) }) : null);
  },
  onData: (stream, session, done) => {
    simpleParser(stream).then((mail) => {
      const to = session.envelope.rcptTo.map((one) => one.address);
      mails.push({ mail, to, secure: session.secure });
      done();
    }, done);
  },
};

async function listen(server: SMTPServer): Promise<SMTPServer> {
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
const portOf = (server: SMTPServer) => (server.server.address() as AddressInfo).port;

beforeAll(async () => {
  plain = await listen(new SMTPServer(options));
  secure = await listen(new SMTPServer({ ...options, disabledCommands: ['STARTTLS'] }));
  const allow = [plain, secure].flatMap((one) => [`127.0.0.1:${portOf(one)}`, `mail.test:${portOf(one)}`]);
  egress = createEgress({
    allow: [...allow, '127.0.0.1:9'].join(','),
    extraCa: certificate.cert,
    resolve: async () => ['127.0.0.1'],
  });
});
afterAll(() =>
  Promise.all([plain, secure].map((one) => new Promise<void>((resolve) => one.close(() => resolve())))),
);
beforeEach(() => {
  mails = [];
});

function connection(
  settings: Partial<SmtpSettings> = {},
  secrets: SmtpSecrets | null = null,
): ResolvedConnection {
  const all = { host: '127.0.0.1', port: portOf(plain), from: 'Müller <ops@example.com>', ...settings };
  return { name: 'mail', kind: 'SMTP', settings: all, secrets };
}

function run(given: Json, more: Partial<EffectCall> = {}) {
  const call: EffectCall = {
    with: given,
    connection: connection(),
    idempotencyKey: 'run-1/mail',
    runId: 'run-1',
    path: 'mail',
    signal: new AbortController().signal,
    timeoutSeconds: 10,
    ...more,
  };
  return executeEmail(call, { egress });
}
const letter = { to: 'a@example.com', subject: 'Grüße', text: 'Hello' };

describe('executeEmail', () => {
  it('sends text and html in any script, from the settings sender', async () => {
    const result = await run({
      to: ['李 <a@example.com>', 'b@example.com'],
      subject: 'Überfällig: 請求書',
      text: 'Guten Tag\n.\n請求書',
      html: '<p>請求書</p>',
    });
    const messageId = messageIdOf('run-1', 'mail');
    expect(result).toEqual({ output: { messageId } });
    expect(mails[0]?.to).toEqual(['a@example.com', 'b@example.com']);
    expect(mails[0]?.mail).toMatchObject({ messageId, subject: 'Überfällig: 請求書', html: '<p>請求書</p>' });
    expect(mails[0]?.mail.text?.trim()).toBe('Guten Tag\n.\n請求書');
    expect(mails[0]?.mail.from?.value).toEqual([{ name: 'Müller', address: 'ops@example.com' }]);
  });

  it('gives each step one Message-ID, for every attempt', async () => {
    await run(letter);
    await run(letter);
    await run(letter, { path: 'lines[1]/mail' });
    const ids = mails.map((one) => one.mail.messageId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@levqor>$/);
  });

  it('reads several addresses from one text', async () => {
    await run({ ...letter, to: 'a@example.com, B <b@example.com>; c@example.com' });
    expect(mails[0]?.to).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
  });

  it.each([
    [{ ...letter, to: 'nobody' }, 'with.to'],
    [{ ...letter, to: [] }, 'with.to'],
    [{ ...letter, to: null }, 'with.to'],
    [{ ...letter, to: ['a@example.com', 'b@example.com\r\nBcc: c@example.com'] }, 'with.to.1'],
    [{ ...letter, to: 'a@example.com>\r\nRCPT TO:<c@example.com' }, 'with.to'],
    [{ ...letter, to: Array.from({ length: 51 }, (_, i) => `a${i}@example.com`) }, 'with.to'],
    [{ ...letter, subject: 'x\r\nBcc: c@example.com' }, 'with.subject'],
    [{ ...letter, subject: { a: 1 } }, 'with.subject'],
    [{ to: 'a@example.com', subject: 's' }, 'with.text'],
    [{ ...letter, text: { path: '/etc/passwd' } }, 'with.text'],
    [{ ...letter, attachments: [] }, 'with'],
  ] as [Json, string][])('refuses %j, naming the field', async (given, field) => {
    expect(await run(given)).toMatchObject({
      error: { code: 'FAILED', details: { field }, retryable: false },
    });
    expect(mails).toEqual([]);
  });

  it('says who was refused when others were taken, and fails when nobody was', async () => {
    const some = await run({ ...letter, to: ['a@example.com', 'refuse-550@example.com'] });
    expect(some).toMatchObject({ output: { rejected: ['refuse-550@example.com'] } });
    const nobody = await run({ ...letter, to: 'refuse-550@example.com' });
    expect(nobody).toMatchObject({
      error: { code: 'EMAIL_FAILED', details: { status: 550 }, retryable: false },
    });
    const later = await run({ ...letter, to: 'refuse-451@example.com' });
    expect(later).toMatchObject({
      error: { code: 'EMAIL_FAILED', details: { status: 451 }, retryable: true },
    });
  });

  it('needs an SMTP connection and goes through the guard', async () => {
    expect(await run(letter, { connection: null })).toMatchObject({ error: { code: 'CONNECTION_MISSING' } });
    const inside = connection({ host: '10.0.0.1', port: 25 });
    expect(await run(letter, { connection: inside })).toMatchObject({
      error: { code: 'EGRESS_REFUSED', details: { reason: 'address' } },
    });
    const closed = connection({ host: '127.0.0.1', port: 9 });
    expect(await run(letter, { connection: closed })).toMatchObject({
      error: { code: 'EMAIL_FAILED', details: { reason: 'refused' }, retryable: true },
    });
  });

  it('throws the reason of the signal when it is aborted', async () => {
    const signal = AbortSignal.any([AbortSignal.timeout(200)]);
    const outcome = run({ ...letter, to: 'refuse-0@example.com' }, { signal });
    await expect(outcome).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('executeEmail with TLS', () => {
  it('uses STARTTLS and checks the certificate against the name', async () => {
    const good = connection({ host: 'mail.test', tls: true });
    expect(await run(letter, { connection: good })).toHaveProperty('output');
    expect(mails[0]?.secure).toBe(true);
    const wrongName = connection({ host: '127.0.0.1', tls: true });
    expect(await run(letter, { connection: wrongName })).toMatchObject({
      error: { code: 'EMAIL_FAILED', details: { reason: 'tls' } },
    });
    const unverified = connection({ host: '127.0.0.1', tls: 'unverified' });
    expect(await run(letter, { connection: unverified })).toHaveProperty('output');
    expect(mails.map((one) => one.secure)).toEqual([true, true]);
  });

  it('sends nothing in plain text when the server offers no TLS', async () => {
    const failure = await run(letter, {
      connection: connection({ host: 'mail.test', port: portOf(secure), tls: true }),
    });
    expect(failure).toMatchObject({ error: { code: 'EMAIL_FAILED' } });
    expect(mails).toEqual([]);
  });
});

describe('secrets', () => {
  it('open the server, and are in no error that echoes them', async () => {
    const secrets = { username: 'canary-mail-user', password: PASSWORD };
    expect(await run(letter, { connection: connection({}, secrets) })).toHaveProperty('output');
    const wrong = { ...secrets, password: 'canary-wrong-pass' };
    const result = await run(letter, { connection: connection({}, wrong) });
    expect(result).toMatchObject({
      error: { code: 'EMAIL_FAILED', details: { status: 535 }, retryable: false },
    });
    expect(JSON.stringify(result)).toContain('[secret]');
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});
