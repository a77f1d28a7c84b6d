import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import type { Voter } from '../../workflows/approvals/decision-refusal.ts';
import { isTyped, settle } from '../../workflows/approvals/settle.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import { appendAudit } from '../audit.ts';
import type { Ctx } from '../context.ts';
import { idField, textField } from '../input-fields.ts';
import { publish } from '../publish.ts';
import { verb, type RunTools } from '../verb.ts';
import { decisionsOf, peopleOf, termsOf, withDecisions, type ApprovalRow } from './approval-row.ts';
import { viewOf, type ApprovalView } from './approval-view.ts';
import { readCaller } from './caller.ts';
import { approvalNotFound } from './approval-not-found.ts';
import { noPerson, whyClosed, whyNotApprover, whyVoted, type Moment } from './why-not.ts';

const MAX_REASON = 2_000;
const BLANK = z
  .string()
  .regex(/^\s*$/)
  .transform(() => null);

const input = z.strictObject({
  approvalId: idField,
  decision: z.enum(['APPROVE', 'DENY']),
  reason: z
    .union([BLANK, textField(MAX_REASON)], `Write at most ${MAX_REASON} characters of text.`)
    .nullish(),
  /** The hash of the plan that the caller saw: a decision about another plan is refused. */
  planHash: z.string().max(200),
});
type Decision = z.output<typeof input>;

const decide = verb({
  action: 'approval.decide',
  permission: 'approvals.decide',
  input,
  run: async (tools, decision): Promise<ApprovalView> => {
    const { db, tenantId } = tools;
    const row = await lockApproval(db, tenantId, decision.approvalId);
    const caller = await readCaller(db, tenantId, tools.actor);
    const moment = { now: new Date(), people: await peopleOf(db, tenantId, [row]) };
    const repeated = row.decisions.some(
      (made) =>
        made.personId === caller?.id &&
        made.verdict === decision.decision &&
        made.planHash === decision.planHash,
    );
    tools.target(row.id, { runId: row.runId, decision: decision.decision, class: row.class, repeated });
    if (repeated) return viewOf(row, caller, moment);
    return vote(tools, {
      row,
      voter: permitted(row, caller, { moment, decision }),
      decision,
      now: moment.now,
    });
  },
});

/**
 * Decides a request as the person behind the caller. The same decision again gives the same answer and changes
 * nothing. Throws NOT_FOUND `approval_not_found`; FORBIDDEN `approval_needs_person`, `self_approval`,
 * `not_an_approver`; CONFLICT `approval_already_decided`, `plan_changed`, `already_voted`; PRECONDITION_FAILED
 * `approval_expired`; INVALID `reason_required`. What is forbidden here leaves an audit row `approval.refused`.
 */
export const decideApproval: typeof decide = Object.assign(
  async (ctx: Ctx, raw: z.input<typeof input>, once?: string): Promise<ApprovalView> => {
    try {
      return await decide(ctx, raw, once);
    } catch (error) {
      if (isRefusal(error)) await auditRefusal(ctx, raw, error);
      throw error;
    }
  },
  { action: decide.action, permission: decide.permission },
);

const REFUSALS = ['approval_needs_person', 'self_approval', 'not_an_approver'];

function isRefusal(error: unknown): error is DomainError {
  return error instanceof DomainError && REFUSALS.includes(error.reason);
}

// In a transaction of its own: that of the verb is gone, and an attempt must stay countable.
async function auditRefusal(ctx: Ctx, raw: z.input<typeof input>, refusal: DomainError): Promise<void> {
  await ctx.database.withTenant(ctx.tenantId, (db) =>
    appendAudit(db, {
      actor: ctx.actor,
      action: 'approval.refused',
      target: raw.approvalId,
      requestId: ctx.requestId,
      details: { reason: refusal.reason, decision: raw.decision },
    }),
  );
}

/** The voter, when nothing is in the way; the checks come in the order that callers can rely on. */
function permitted(
  row: ApprovalRow,
  caller: Voter | null,
  { moment, decision }: { moment: Moment; decision: Decision },
): Voter {
  if (caller === null) throw noPerson();
  const refusal =
    whyClosed(row, moment) ??
    whyOtherPlan(row, decision) ??
    whyNotApprover(row, caller) ??
    whyNoReason(row, decision) ??
    whyVoted(row, caller);
  if (refusal !== null) throw refusal;
  return caller;
}

function whyOtherPlan(row: ApprovalRow, decision: Decision): DomainError | null {
  if (decision.planHash === row.planHash) return null;
  return new DomainError(
    'CONFLICT',
    'plan_changed',
    'What you saw is not what would happen now. Look at the request again, then decide.',
    { planHash: row.planHash },
  );
}

function whyNoReason(row: ApprovalRow, decision: Decision): DomainError | null {
  if (row.class !== 'C' || isTyped(decision.reason)) return null;
  return new DomainError('INVALID', 'reason_required', 'reason: write in your own words why you decide so.', {
    field: 'reason',
  });
}

/** Writes the decision, and the outcome when this settles it. The row is locked. */
async function vote(
  { db, tenantId, enqueue }: RunTools,
  { row, voter, decision, now }: { row: ApprovalRow; voter: Voter; decision: Decision; now: Date },
): Promise<ApprovalView> {
  const made = await db.approvalDecision.create({
    data: {
      tenantId,
      approvalId: row.id,
      personId: voter.id,
      personEmail: voter.email,
      roles: [...voter.roles],
      verdict: decision.decision,
      reason: decision.reason ?? null,
      planHash: decision.planHash,
      decidedAt: now,
    },
  });
  const voted = { ...row, decisions: [...row.decisions, made] };
  const people = await peopleOf(db, tenantId, [voted]);
  const status = settle(termsOf(voted), decisionsOf(voted, people));
  const closed = status === 'PENDING' ? voted : { ...voted, status, closedAt: now };
  if (closed !== voted) {
    await db.approval.update({
      where: { id: row.id, tenantId, status: 'PENDING' },
      data: { status, closedAt: now },
    });
    await enqueue({ kind: 'approvalDecided', runId: row.runId as RunId, approvalId: row.id });
  }
  await publish(db, { topic: 'approval', tenantId, approvalId: row.id });
  return viewOf(closed, voter, { now, people });
}

async function lockApproval(db: Db, tenantId: TenantId, id: string): Promise<ApprovalRow> {
  await db.$queryRaw`SELECT id FROM approval WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const row = await db.approval.findFirst({ where: { tenantId, id }, include: withDecisions(tenantId) });
  if (row === null) throw approvalNotFound();
  return row;
}
