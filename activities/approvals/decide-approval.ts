import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import { votingRoles, type Voter } from '../../workflows/approvals/decision-refusal.ts';
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
import { readCaller, type Caller } from './caller.ts';
import { approvalNotFound } from './approval-not-found.ts';
import { noPerson, powerToDecide, whyClosed, type Moment } from './why-not.ts';

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
  /** The approver whose delegation the caller uses. Left out: the caller's own power, else one handed over. */
  onBehalfOf: idField.nullish(),
});
type Decision = z.output<typeof input>;

const decide = verb({
  action: 'approval.decide',
  permission: 'approvals.decide',
  input,
  run: async (tools, decision): Promise<ApprovalView> => {
    const { db, tenantId } = tools;
    const row = await lockApproval(db, tenantId, decision.approvalId);
    const now = new Date();
    const caller = await readCaller(db, tenantId, { actor: tools.actor, now });
    if (caller === null) throw noPerson();
    const moment = { now, people: await peopleOf(db, tenantId, [row]) };
    const repeated = isRepeated(row, caller, decision);
    const voter = repeated ? null : permitted(row, caller, { moment, decision });
    const onBehalfOf = voter?.onBehalfOf ?? null;
    const details = { runId: row.runId, decision: decision.decision, class: row.class, repeated, onBehalfOf };
    tools.target(row.id, details);
    return voter === null ? viewOf(row, caller, moment) : vote(tools, { row, caller, voter, decision, now });
  },
});

/**
 * Decides a request as the person behind the caller, in that person's own right or on behalf of an approver who
 * handed the power over. The same decision again gives the same answer and changes nothing. Throws NOT_FOUND
 * `approval_not_found`; FORBIDDEN `approval_needs_person`, `self_approval`, `not_an_approver`,
 * `delegation_not_in_force`; CONFLICT `approval_already_decided`, `plan_changed`, `already_voted`;
 * PRECONDITION_FAILED `approval_expired`; INVALID `reason_required`. What is forbidden here leaves an audit row
 * `approval.refused`.
 */
export const decideApproval: typeof decide = Object.assign(
  async (ctx: Ctx, raw: z.input<typeof input>, once?: string): Promise<ApprovalView> => {
    try {
      return await decide(await withDelegated(ctx), raw, once);
    } catch (error) {
      if (isRefusal(error)) await auditRefusal(ctx, raw, error);
      throw error;
    }
  },
  { action: decide.action, permission: decide.permission },
);

/** The same call, with the permission to decide while somebody's power is handed to a person without one. */
async function withDelegated(ctx: Ctx): Promise<Ctx> {
  const { actor, permissions, tenantId } = ctx;
  if (permissions.has(decide.permission) || actor.kind !== 'person') return ctx;
  const caller = await ctx.database.withTenant(tenantId, (db) =>
    readCaller(db, tenantId, { actor, now: new Date() }),
  );
  if (caller === null || caller.powers.length === 1) return ctx;
  return { ...ctx, permissions: new Set([...permissions, decide.permission]) };
}

const REFUSALS = ['approval_needs_person', 'self_approval', 'not_an_approver', 'delegation_not_in_force'];

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

/** True for a decision that the caller has made already, by the same power. */
function isRepeated(row: ApprovalRow, caller: Caller, decision: Decision): boolean {
  return row.decisions.some(
    (made) =>
      made.personId === caller.id &&
      made.verdict === decision.decision &&
      made.planHash === decision.planHash &&
      [null, undefined, made.onBehalfOf ?? made.personId].includes(decision.onBehalfOf),
  );
}

/** The power to vote with, when nothing is in the way; the checks come in the order that callers can rely on. */
function permitted(
  row: ApprovalRow,
  caller: Caller,
  { moment, decision }: { moment: Moment; decision: Decision },
): Voter {
  const closed = whyClosed(row, moment) ?? whyOtherPlan(row, decision);
  if (closed !== null) throw closed;
  const power = powerToDecide(row, wantedPowers(caller, decision.onBehalfOf ?? null));
  if (power instanceof DomainError) throw power;
  const unreasoned = whyNoReason(row, decision);
  if (unreasoned !== null) throw unreasoned;
  return power;
}

function wantedPowers(caller: Caller, onBehalfOf: string | null): Voter[] {
  if (onBehalfOf === null) return caller.powers;
  const powers = caller.powers.filter((power) => (power.onBehalfOf ?? power.id) === onBehalfOf);
  if (powers.length > 0) return powers;
  throw new DomainError(
    'FORBIDDEN',
    'delegation_not_in_force',
    'You cannot decide for this person now. Decide as yourself, or ask them to delegate to you.',
    { field: 'onBehalfOf' },
  );
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

interface Ballot {
  row: ApprovalRow;
  caller: Caller;
  voter: Voter;
  decision: Decision;
  now: Date;
}

/** Writes the decision, and the outcome when this settles it. The row is locked. */
async function vote(
  { db, tenantId, enqueue }: RunTools,
  { row, caller, voter, decision, now }: Ballot,
): Promise<ApprovalView> {
  const made = await db.approvalDecision.create({
    data: {
      tenantId,
      approvalId: row.id,
      personId: caller.id,
      personEmail: caller.email,
      onBehalfOf: voter.onBehalfOf,
      roles: votingRoles(termsOf(row).approvers, voter),
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
  return viewOf(closed, caller, { now, people });
}

async function lockApproval(db: Db, tenantId: TenantId, id: string): Promise<ApprovalRow> {
  await db.$queryRaw`SELECT id FROM approval WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const row = await db.approval.findFirst({ where: { tenantId, id }, include: withDecisions(tenantId) });
  if (row === null) throw approvalNotFound();
  return row;
}
