import { createHash } from 'node:crypto';
import type { Database, Db } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { ApprovalActivities } from '../../workflows/approvals/activities.ts';
import { DECIDING_ROLES } from '../../workflows/approvals/approval-terms.ts';
import type { ApprovalMail } from '../../workflows/approvals/model.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { PersonId } from '../../workflows/ids.ts';
import { resolveConnection, sendLetter } from '../connections/index.ts';
import type { Egress } from '../egress/index.ts';
import type { Log } from '../log.ts';
import { createApprovalLink } from './approval-link.ts';
import { withDecisions, type ApprovalRow } from './approval-row.ts';
import { readCaller } from './caller.ts';
import { letterOf } from './letter.ts';
import { personActor } from './person-actor.ts';
import { readPeople } from '../tenancy/index.ts';
import { powerToDecide } from './why-not.ts';

/** What a worker hands to the activities that write to people. */
export interface ApprovalMailClients {
  database: Database;
  keyring: Keyring;
  egress: Egress;
  log: Log;
  /** Where people reach the API, without a slash at the end; quick links begin with it. */
  publicUrl: string;
}

type MailActivities = Pick<ApprovalActivities, 'mailRecipients' | 'sendApprovalMail'>;

/** Writing to people about a request. An occasion that is over by then is left out. */
export function approvalMailActivities(clients: ApprovalMailClients): MailActivities {
  const { database } = clients;
  return {
    mailRecipients: (mail) =>
      database.withTenant(mail.tenantId, async (db) => {
        const row = await rowOf(db, mail);
        return row === null ? [] : recipientsOf(db, row, mail);
      }),
    sendApprovalMail: (mail) => send(clients, mail),
  };
}

function rowOf(db: Db, { tenantId, approvalId: id }: ApprovalMail): Promise<ApprovalRow | null> {
  return db.approval.findFirst({ where: { tenantId, id }, include: withDecisions(tenantId) });
}

async function recipientsOf(db: Db, row: ApprovalRow, { tenantId, kind }: ApprovalMail): Promise<PersonId[]> {
  if (kind === 'outcome')
    return row.status === 'PENDING' || !row.requesterId ? [] : [row.requesterId as PersonId];
  if (kind === 'withdrawal') return row.status === 'WITHDRAWN' ? mailedBefore(db, row) : [];
  const now = new Date();
  const [members, delegations] = [
    await db.member.findMany({
      where: { tenantId, roles: { hasSome: [...DECIDING_ROLES] } },
      select: { personId: true },
    }),
    await db.approvalDelegation.findMany({
      where: { tenantId, revokedAt: null, startsAt: { lte: now }, endsAt: { gt: now } },
      select: { toId: true },
    }),
  ];
  const candidates = new Set([...members.map((one) => one.personId), ...delegations.map((one) => one.toId)]);
  const recipients: PersonId[] = [];
  for (const id of [...candidates].sort())
    if (await canDecide(db, row, { id, now })) recipients.push(id as PersonId);
  return recipients;
}

/** Each mail that asks somebody to decide has a link of its own. Whoever left the organisation is not written to. */
async function mailedBefore(db: Db, { tenantId, id: approvalId }: ApprovalRow): Promise<PersonId[]> {
  const links = await db.approvalLink.findMany({
    where: { tenantId, approvalId },
    distinct: 'personId',
    select: { personId: true },
    orderBy: { personId: 'asc' },
  });
  return links.map(({ personId }) => personId as PersonId);
}

async function canDecide(db: Db, row: ApprovalRow, { id, now }: { id: string; now: Date }): Promise<boolean> {
  if (row.status !== 'PENDING' || row.expiresAt <= now) return false;
  const tenantId = row.tenantId as ApprovalMail['tenantId'];
  const actor = await personActor(db, tenantId, id);
  const caller = actor && (await readCaller(db, tenantId, { actor, now }));
  return caller !== null && !(powerToDecide(row, caller.powers) instanceof DomainError);
}

type OneMail = ApprovalMail & { personId: PersonId };

async function send({ database, keyring, egress, log, publicUrl }: ApprovalMailClients, mail: OneMail) {
  const { tenantId, approvalId, kind, number } = mail;
  const written = await database.withTenant(tenantId, (db) => write(db, { mail, keyring, publicUrl }));
  if (written === null) return;
  const { connection, ...message } = written;
  const about = { tenantId, approvalId, kind, number };
  await sendLetter({ egress, log, connection, about }, { ...message, messageId: messageIdOf(mail) });
}

/** The mail, with a new link in it, and the way to send it; null when there is nothing to write any more. */
async function write(
  db: Db,
  { mail, keyring, publicUrl }: { mail: OneMail; keyring: Keyring; publicUrl: string },
) {
  const { tenantId, personId, kind, number } = mail;
  const row = await rowOf(db, mail);
  const connection = row && (await resolveConnection(db, tenantId, { defaultSmtp: true, keyring }));
  if (row === null || connection?.kind !== 'SMTP') return null;
  const people = await readPeople(db, tenantId, [personId, row.requesterId]);
  const to = people.get(personId);
  const now = new Date();
  const isNews = kind === 'outcome' || kind === 'withdrawal';
  const isDue = isNews || (await canDecide(db, row, { id: personId, now }));
  if (to === undefined || !isDue) return null;
  const link = isNews ? null : `${publicUrl}/approve/${await createApprovalLink(db, { row, personId, now })}`;
  const requester = people.get(row.requesterId ?? '') ?? null;
  return {
    connection: connection,
    to: [{ name: to.name, address: to.email }],
    ...letterOf(row, { kind, number, link, requester }),
  };
}

/** The same for each try of one mail, so that a mail server and a reader's program know a repetition. */
function messageIdOf({ approvalId, kind, number, personId }: OneMail): string {
  const text = `${approvalId} ${kind} ${number} ${personId}`;
  return `<${createHash('sha256').update(text).digest('hex').slice(0, 40)}@levqor>`;
}
