import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { ApprovalMail, ApprovalRequest } from '../../workflows/approvals/model.ts';
import type { PersonId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { createConnection } from '../connections/index.ts';
import { createEgress } from '../egress/index.ts';
import { createLogger } from '../log.ts';
import { withdrawApprovals } from '../runs/withdraw-approvals.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { approvalActivities, approvalMailActivities, decideByLink } from './index.ts';
import { askedFor, decideOn, delegate, newMember, idOf } from './testing.ts';

const PASSWORD = 'canary-of-the-mail-server';
let house: TestHouse;
let tenant: TestTenant;
let server: SMTPServer;
let mailing: ReturnType<typeof approvalMailActivities>;
let mails: ParsedMail[];
let logged: string[];
/** What the server answers to a recipient; null takes it. */
let refusal: number | null;

beforeAll(async () => {
  house = await openTestHouse();
  server = new SMTPServer({
    ...{ authOptional: true, allowInsecureAuth: true, disabledCommands: ['STARTTLS'] },
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onRcptTo: (_address, _session, done) =>
      done(refusal === null ? null : Object.assign(new Error(`no ${PASSWORD}`), { responseCode: refusal })),
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mailing = approvalMailActivities({
    ...house.platform,
    egress: createEgress({ allow: `127.0.0.1:${portOf()}` }),
    log: createLogger({ level: 'info', pretty: false }, { write: (line) => void logged.push(line) }),
    publicUrl: 'https://levqor.example',
  });
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await house.close();
});
beforeEach(async () => {
  tenant = await house.newTenant();
  [mails, logged, refusal] = [[], [], null];
});

const portOf = () => (server.server.address() as AddressInfo).port;
const connect = (name = 'email', port = portOf()) =>
  createConnection(tenant.as('owner'), {
    ...{
      name,
      kind: 'SMTP',
      settings: { host: '127.0.0.1', port, tls: false, from: 'Ops <ops@example.com>' },
    },
    secrets: { username: 'ops', password: PASSWORD },
  });
const ask = (wanted: Parameters<typeof askedFor>[2]) => askedFor(house, tenant, wanted);
const mailOf = (
  { tenantId, approvalId }: ApprovalRequest,
  more: Partial<ApprovalMail> = {},
): ApprovalMail => ({
  ...{ tenantId, approvalId, kind: 'request', number: 0 },
  ...more,
});
const idsOf = (...roles: Role[]) => roles.map((role) => tenant.people[role].id).sort();
const sendTo = (mail: ApprovalMail, personId: string) =>
  mailing.sendApprovalMail({ ...mail, personId: personId as PersonId });

describe('whom a mail goes to', () => {
  it('is everybody who can decide at that moment, delegates included, and nobody else', async () => {
    const request = await ask({ class: 'C', requesterId: tenant.people.admin.id });
    const all = idsOf('owner', 'operator', 'finance', 'security');
    expect(await mailing.mailRecipients(mailOf(request))).toEqual(all);
    await delegate(tenant.as('finance'), tenant.as('viewer'));
    expect(await mailing.mailRecipients(mailOf(request))).toEqual([...all, tenant.people.viewer.id].sort());
    await decideOn(tenant.as('owner'), request);
    expect(await mailing.mailRecipients(mailOf(request))).not.toContain(tenant.people.owner.id);
    await decideOn(tenant.as('security'), request);
    expect(await mailing.mailRecipients(mailOf(request))).toEqual([]);
  });

  it('grows by an escalation', async () => {
    const stranger = await newMember(house, tenant, ['operator']);
    const request = await ask({
      ...{ class: 'B', approvers: ['finance'] },
      ...{ escalateAfterSeconds: 60, escalateTo: ['operator'] },
    });
    expect(await mailing.mailRecipients(mailOf(request))).toEqual(idsOf('finance'));
    await approvalActivities(house.platform).escalateApproval(request);
    expect(await mailing.mailRecipients(mailOf(request, { kind: 'escalation', number: 1 }))).toEqual(
      [...idsOf('finance', 'operator'), idOf(stranger)].sort(),
    );
  });

  it('is the requester when it is over, if there is one', async () => {
    const outcome = { kind: 'outcome' } as const;
    const [request, nobodys] = [await ask({ class: 'B' }), await ask({ class: 'B', requesterId: null })];
    expect(await mailing.mailRecipients(mailOf(request, outcome))).toEqual([]);
    for (const one of [request, nobodys]) await decideOn(tenant.as('finance'), one);
    expect(await mailing.mailRecipients(mailOf(request, outcome))).toEqual([tenant.people.builder.id]);
    expect(await mailing.mailRecipients(mailOf(nobodys, outcome))).toEqual([]);
  });

  it('is everybody who was written to before, once the request is withdrawn, and nobody else', async () => {
    const withdrawal = { kind: 'withdrawal' } as const;
    await connect();
    const request = await ask({ class: 'C' });
    const [finance, security] = [tenant.people.finance.id, tenant.people.security.id];
    for (const id of [finance, security, finance]) await sendTo(mailOf(request), id);
    await decideOn(tenant.as('finance'), request);
    expect(await mailing.mailRecipients(mailOf(request, withdrawal))).toEqual([]);
    await approvalActivities(house.platform).closeApproval({ ...request, as: 'WITHDRAWN' });
    expect(await mailing.mailRecipients(mailOf(request, withdrawal))).toEqual([finance, security].sort());
    for (const id of [finance, security, security]) await sendTo(mailOf(request, withdrawal), id);
    const last = mails.slice(3);
    expect(last.map(({ subject }) => subject)).toEqual(Array(3).fill('No longer needed: Refund 120'));
    expect(new Set(last.map(({ messageId }) => messageId)).size).toBe(2);
    expect(last[0]?.text).toContain('nothing left to decide');
    expect(last[0]?.text).not.toContain('/approve/');
  });

  it('is nobody of another organisation', async () => {
    const request = await ask({ class: 'B' });
    const { tenantId } = await house.newTenant();
    expect(await mailing.mailRecipients({ ...mailOf(request), tenantId })).toEqual([]);
  });
});

describe('a mail', () => {
  it('says what, which class, who asks and until when, with a link that decides', async () => {
    await connect();
    const request = await ask({ class: 'B' });
    await sendTo(mailOf(request), tenant.people.finance.id);
    const [mail] = mails;
    expect(mails).toHaveLength(1);
    expect(mail).toMatchObject({
      subject: 'Please decide (Class B): Refund 120',
      to: { text: expect.stringContaining(tenant.people.finance.email) },
      from: { text: expect.stringContaining('ops@example.com') },
    });
    for (const part of [
      'POST /refunds',
      'Class B: one person',
      'The builder',
      request.expiresAt.slice(0, 10),
    ])
      expect(mail?.text).toContain(part);
    const token =
      /https:\/\/levqor\.example\/approve\/([A-Za-z0-9_-]{43})\n/.exec(mail?.text ?? '')?.[1] ?? '';
    const view = await decideByLink(house.platform, { token, requestId: 'r' }, { decision: 'APPROVE' });
    expect(view).toMatchObject({
      status: 'APPROVED',
      decisions: [{ personEmail: tenant.people.finance.email }],
    });
  });

  it('has the same Message-ID when it is sent again, and another one for each person, kind and number', async () => {
    await connect('only');
    const request = await ask({ class: 'B' });
    const [finance, security] = [tenant.people.finance.id, tenant.people.security.id];
    const reminder = (number: number) => mailOf(request, { kind: 'reminder', number });
    for (const [mail, to] of [
      [mailOf(request), finance],
      [mailOf(request), finance],
      [mailOf(request), security],
      [reminder(1), finance],
      [reminder(2), finance],
    ] as const)
      await sendTo(mail, to);
    const ids = mails.map(({ messageId }) => messageId);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@levqor>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
    expect(mails.map(({ subject }) => subject)).toContain('Reminder 2: please decide (Class B): Refund 120');
  });

  it('tells the requester how it ended, without a link', async () => {
    await connect();
    const request = await ask({ class: 'B' });
    await decideOn(tenant.as('finance'), request, { decision: 'DENY', reason: 'Too much.' });
    await sendTo(mailOf(request, { kind: 'outcome' }), tenant.people.builder.id);
    expect(mails[0]).toMatchObject({ subject: 'Denied: Refund 120' });
    expect(mails[0]?.text).toContain(`${tenant.people.finance.email} denied this`);
    expect(mails[0]?.text).toContain('Too much.');
    expect(mails[0]?.text).not.toContain('/approve/');
  });

  it('cannot be given another header or recipient by what the workflow says', async () => {
    await connect();
    const title = `Refund\r\nBcc: thief@example.com\n${'x'.repeat(3_000)}`;
    await sendTo(mailOf(await ask({ class: 'B', plan: { title } })), tenant.people.finance.id);
    const subject = mails[0]?.subject ?? '';
    expect(subject).toMatch(/^Please decide \(Class B\): Refund Bcc: thief@example\.com x+…$/);
    expect(subject).toHaveLength(180);
    expect(mails[0]?.bcc).toBeUndefined();
  });

  it('is left out without a mail connection, after the occasion, and for who cannot decide', async () => {
    const request = await ask({ class: 'B' });
    await sendTo(mailOf(request), tenant.people.finance.id);
    await connect();
    await sendTo(mailOf(request), tenant.people.viewer.id);
    await sendTo(mailOf(request), tenant.people.builder.id);
    await decideOn(tenant.as('finance'), request);
    await sendTo(mailOf(request), tenant.people.security.id);
    expect(mails).toEqual([]);
  });

  it('is tried again when the server is away, and given up when it is refused for good; no secret is logged', async () => {
    await connect();
    const request = await ask({ class: 'B' });
    refusal = 451;
    await expect(sendTo(mailOf(request), tenant.people.finance.id)).rejects.toMatchObject({
      type: 'EMAIL_FAILED',
    });
    refusal = 550;
    await sendTo(mailOf(request), tenant.people.finance.id);
    expect(mails).toEqual([]);
    expect(logged.map((line) => (JSON.parse(line) as { isFinal: boolean }).isFinal)).toEqual([false, true]);
    expect(logged.join()).not.toContain(PASSWORD);
  });

  it('never leaves the machine past the egress guard', async () => {
    await connect('email', 9);
    await sendTo(mailOf(await ask({ class: 'B' })), tenant.people.finance.id);
    expect(logged.join()).toContain('"isFinal":true');
  });
});

describe('a request that is withdrawn', () => {
  const told = (approvalId: string) =>
    house.dispatched.filter(
      ({ message }) => message.kind === 'mailWithdrawal' && message.approvalId === approvalId,
    ).length;

  it('is told once to those who were asked by mail, whoever withdraws it', async () => {
    await connect();
    const run = approvalActivities(house.platform);
    const [own, lost, unsent, expired] = [
      await ask({ class: 'B' }),
      await ask({ class: 'B' }),
      await ask({ class: 'B' }),
      await ask({ class: 'B' }),
    ];
    for (const one of [own, lost, expired]) await sendTo(mailOf(one), tenant.people.finance.id);
    for (let i = 0; i < 2; i++)
      for (const one of [own, unsent]) await run.closeApproval({ ...one, as: 'WITHDRAWN' });
    await run.closeApproval({ ...expired, as: 'EXPIRED' });
    // As the end of a run that was terminated does it.
    for (let i = 0; i < 2; i++)
      house.platform.dispatcher.dispatch(
        await house.database.withTenant(tenant.tenantId, (db) => withdrawApprovals(db, lost)),
      );
    expect([own, lost, unsent, expired].map(({ approvalId }) => told(approvalId))).toEqual([1, 1, 0, 0]);
  });
});

describe('a run', () => {
  it('hears with each state whether people can be written to', async () => {
    const run = approvalActivities(house.platform);
    const request = await ask({ class: 'B', escalateAfterSeconds: 9, escalateTo: ['owner'] });
    expect(await run.readApproval(request)).not.toHaveProperty('mails');
    await connect();
    expect(await run.readApproval(request)).toMatchObject({ mails: true });
    expect(await run.remindApprovers({ ...request, number: 1 })).toMatchObject({ mails: true });
    expect(await run.escalateApproval(request)).toMatchObject({ mails: true });
    expect(await run.closeApproval({ ...request, as: 'EXPIRED' })).toMatchObject({ mails: true });
  });
});
