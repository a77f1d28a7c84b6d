import type { Database, Db } from '../../prisma/database.ts';
import type { ApprovalActivities, ApprovalKey } from '../../workflows/approvals/activities.ts';
import type { ApprovalRequest, ApprovalState } from '../../workflows/approvals/model.ts';
import { settle } from '../../workflows/approvals/settle.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { appendAudit } from '../audit.ts';
import { findDefaultMailConnection } from '../connections/index.ts';
import type { Dispatcher, QueuedMessage } from '../context.ts';
import { publish } from '../publish.ts';
import { announce, type Change } from './announce.ts';
import { approvalNotFound } from './approval-not-found.ts';
import { tellWithdrawn } from './tell-withdrawn.ts';
import { decisionsOf, peopleOf, rowOf, termsOf, withDecisions } from './approval-row.ts';

/** The part of the approval activities that keeps the requests. */
export type ApprovalStates = Omit<ApprovalActivities, 'mailRecipients' | 'sendApprovalMail'>;

/** What a run may ask of the approvals. Each can run twice and changes things once; NOT_FOUND for an unknown key. */
export function approvalActivities({
  database,
  dispatcher,
}: {
  database: Database;
  dispatcher: Dispatcher;
}): ApprovalStates {
  const change = async (tenantId: TenantId, work: (tools: Tools) => Promise<ApprovalState>) => {
    const messages: QueuedMessage[] = [];
    const state = await database.withTenant(tenantId, (db) => {
      messages.length = 0;
      return work({ db, written: messages });
    });
    dispatcher.dispatch(messages);
    return state;
  };
  return {
    requestApproval: ({ request }) => change(request.tenantId, (tools) => open(tools, request)),
    readApproval: (key) => database.withTenant(key.tenantId, (db) => readState(db, key)),
    closeApproval: (input) => change(input.tenantId, (tools) => close(tools, input)),
    remindApprovers: (input) => change(input.tenantId, (tools) => remind(tools, input)),
    escalateApproval: (key) => change(key.tenantId, (tools) => escalate(tools, key)),
  };
}

interface Tools {
  db: Db;
  /** Messages of this transaction, sent after its commit. */
  written: QueuedMessage[];
}

async function open(tools: Tools, request: ApprovalRequest): Promise<ApprovalState> {
  // A request that needs nobody (Class A) is settled as it is made; no other can be, without decisions.
  const status = settle(request, []) === 'APPROVED' ? 'APPROVED' : 'PENDING';
  const { count } = await tools.db.approval.createMany({
    data: [rowOf(request, status)],
    skipDuplicates: true,
  });
  const { path, planHash, requesterId } = request;
  const details = { class: request.class, status, path, planHash, requesterId };
  const events: Change[] = status === 'APPROVED' ? ['requested', 'approved'] : ['requested'];
  return told(tools, request, count === 1 && { action: 'approval.request', details, events });
}

async function close(
  tools: Tools,
  { as, ...key }: ApprovalKey & { as: 'EXPIRED' | 'WITHDRAWN' },
): Promise<ApprovalState> {
  const { count } = await tools.db.approval.updateMany({
    where: pending(key),
    data: { status: as, closedAt: new Date() },
  });
  const [action, event] =
    as === 'EXPIRED'
      ? (['approval.expire', 'expired'] as const)
      : (['approval.withdraw', 'withdrawn'] as const);
  if (count === 1 && as === 'WITHDRAWN') tools.written.push(...(await tellWithdrawn(tools.db, key)));
  return told(tools, key, count === 1 && { action, details: null, events: [event] });
}

async function remind(tools: Tools, { number, ...key }: ApprovalKey & { number: number }) {
  const { count } = await tools.db.approval.updateMany({
    where: { ...pending(key), reminders: { lt: number } },
    data: { reminders: number, remindedAt: new Date() },
  });
  return told(
    tools,
    key,
    count === 1 && { action: 'approval.remind', details: { number }, events: ['reminded'] },
  );
}

async function escalate(tools: Tools, key: ApprovalKey): Promise<ApprovalState> {
  const { count } = await tools.db.approval.updateMany({
    where: { ...pending(key), escalatedAt: null },
    data: { escalatedAt: new Date() },
  });
  return told(
    tools,
    key,
    count === 1 && { action: 'approval.escalate', details: null, events: ['escalated'] },
  );
}

const pending = ({ tenantId, runId, approvalId }: ApprovalKey) =>
  ({ tenantId, runId, id: approvalId, status: 'PENDING' }) as const;

async function readState(db: Db, { tenantId, runId, approvalId }: ApprovalKey): Promise<ApprovalState> {
  const row = await db.approval.findFirst({
    where: { tenantId, runId, id: approvalId },
    include: withDecisions(tenantId),
  });
  if (row === null) throw approvalNotFound();
  const people = await peopleOf(db, tenantId, [row]);
  const mails = (await findDefaultMailConnection(db, tenantId)) !== null;
  return { status: termsOf(row).status, decisions: decisionsOf(row, people), ...(mails ? { mails } : {}) };
}

/** The state after a change by the run itself; live event, endpoints' events and audit row tell of it. */
async function told(
  { db, written }: Tools,
  key: ApprovalKey,
  news: false | { action: string; details: Json; events: Change[] },
): Promise<ApprovalState> {
  const state = await readState(db, key);
  if (news === false) return state;
  const { tenantId, runId, approvalId } = key;
  await publish(db, { topic: 'approval', tenantId, approvalId });
  for (const event of news.events) written.push(...(await announce(db, key, event)));
  const actor = { kind: 'workflow', runId } as const;
  const { action, details } = news;
  await appendAudit(db, { actor, action, target: approvalId, requestId: null, details });
  return state;
}
