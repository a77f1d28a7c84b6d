import type { Database, Db } from '../../prisma/database.ts';
import type { ApprovalActivities, ApprovalKey } from '../../workflows/approvals/activities.ts';
import type { ApprovalRequest, ApprovalState } from '../../workflows/approvals/model.ts';
import { settle } from '../../workflows/approvals/settle.ts';
import type { Json } from '../../workflows/json.ts';
import { appendAudit } from '../audit.ts';
import { publish } from '../publish.ts';
import { approvalNotFound } from './approval-not-found.ts';
import { decisionsOf, peopleOf, rowOf, termsOf, withDecisions } from './approval-row.ts';

/** What a run may ask of the approvals. Each can run twice and changes things once; NOT_FOUND for an unknown key. */
export function approvalActivities({ database }: { database: Database }): ApprovalActivities {
  return {
    requestApproval: ({ request }) => database.withTenant(request.tenantId, (db) => open(db, request)),
    readApproval: (key) => database.withTenant(key.tenantId, (db) => readState(db, key)),
    closeApproval: (input) => database.withTenant(input.tenantId, (db) => close(db, input)),
  };
}

async function open(db: Db, request: ApprovalRequest): Promise<ApprovalState> {
  // A request that needs nobody (Class A) is settled as it is made; no other can be, without decisions.
  const status = settle(request, []) === 'APPROVED' ? 'APPROVED' : 'PENDING';
  const { count } = await db.approval.createMany({ data: [rowOf(request, status)], skipDuplicates: true });
  const state = await readState(db, request);
  if (count === 1) {
    const { path, planHash, requesterId } = request;
    const details = { class: request.class, status, path, planHash, requesterId };
    await tell(db, request, { action: 'approval.request', details });
  }
  return state;
}

async function close(
  db: Db,
  { as, ...key }: ApprovalKey & { as: 'EXPIRED' | 'WITHDRAWN' },
): Promise<ApprovalState> {
  const { tenantId, runId, approvalId } = key;
  const { count } = await db.approval.updateMany({
    where: { tenantId, runId, id: approvalId, status: 'PENDING' },
    data: { status: as, closedAt: new Date() },
  });
  const state = await readState(db, key);
  const action = as === 'EXPIRED' ? 'approval.expire' : 'approval.withdraw';
  if (count === 1) await tell(db, key, { action, details: null });
  return state;
}

async function readState(db: Db, { tenantId, runId, approvalId }: ApprovalKey): Promise<ApprovalState> {
  const row = await db.approval.findFirst({
    where: { tenantId, runId, id: approvalId },
    include: withDecisions(tenantId),
  });
  if (row === null) throw approvalNotFound();
  const people = await peopleOf(db, tenantId, [row]);
  return { status: termsOf(row).status, decisions: decisionsOf(row, people) };
}

/** Live event and audit row of a change by the run itself. */
async function tell(
  db: Db,
  { tenantId, runId, approvalId }: ApprovalKey,
  { action, details }: { action: string; details: Json },
): Promise<void> {
  await publish(db, { topic: 'approval', tenantId, approvalId });
  const actor = { kind: 'workflow', runId } as const;
  await appendAudit(db, { actor, action, target: approvalId, requestId: null, details });
}
