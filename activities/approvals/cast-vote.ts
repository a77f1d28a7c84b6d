import type { Db } from '../../prisma/database.ts';
import { votingRoles, type Voter } from '../../workflows/approvals/decision-refusal.ts';
import { checkAnswers } from '../../workflows/approvals/form.ts';
import type { Verdict } from '../../workflows/approvals/model.ts';
import { isTyped, settle } from '../../workflows/approvals/settle.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { publish } from '../publish.ts';
import type { RunTools } from '../verb.ts';
import { announce } from './announce.ts';
import { approvalNotFound } from './approval-not-found.ts';
import { decisionsOf, formOf, peopleOf, termsOf, withDecisions, type ApprovalRow } from './approval-row.ts';
import { readSight, viewOf, type ApprovalView } from './approval-view.ts';
import { readCaller, type Caller } from './caller.ts';
import { noPerson, powerToDecide, whyClosed } from './why-not.ts';

/** What somebody wants to decide. `planHash` is that of the plan that they saw. */
export interface WantedDecision {
  approvalId: string;
  decision: Verdict;
  reason?: string | null | undefined;
  planHash: string;
  onBehalfOf?: string | null | undefined;
  answers?: Json | undefined;
}

/**
 * Decides as the person behind the caller, inside the open transaction, and names the audit row's object. The one
 * place where a decision is made, whichever way it came. Throws what `decideApproval` says.
 */
export async function castVote(tools: RunTools, decision: WantedDecision): Promise<ApprovalView> {
  const { db, tenantId, actor } = tools;
  const row = await openOrFinal(db, tenantId, decision.approvalId);
  const now = new Date();
  if (actor.kind !== 'person') throw noPerson();
  const repeated = isRepeated(row, actor.personId, decision);
  if (!repeated) await requireOpen(tools, { row, decision, now });
  const caller = await readCaller(db, tenantId, { actor, now });
  if (caller === null) throw noPerson();
  const permit = repeated ? null : permitted(row, caller, decision);
  const onBehalfOf = permit?.voter.onBehalfOf ?? null;
  const details = { runId: row.runId, decision: decision.decision, class: row.class, repeated, onBehalfOf };
  tools.target(row.id, details);
  if (permit === null) return viewOf(row, caller, await readSight(db, tenantId, { rows: [row], now }));
  return vote(tools, { row, caller, decision, now, ...permit });
}

/** The request, locked while it can still be decided. One that is settled never changes again and needs no lock. */
async function openOrFinal(db: Db, tenantId: TenantId, id: string): Promise<ApprovalRow> {
  const row = await readRow(db, tenantId, id);
  if (row.status !== 'PENDING') return row;
  await db.$queryRaw`SELECT id FROM approval WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return readRow(db, tenantId, id);
}

async function readRow(db: Db, tenantId: TenantId, id: string): Promise<ApprovalRow> {
  const row = await db.approval.findFirst({ where: { tenantId, id }, include: withDecisions(tenantId) });
  if (row === null) throw approvalNotFound();
  return row;
}

/** True for a decision that the caller has made already, by the same power. */
function isRepeated(row: ApprovalRow, personId: string, decision: WantedDecision): boolean {
  return row.decisions.some(
    (made) =>
      made.personId === personId &&
      made.verdict === decision.decision &&
      made.planHash === decision.planHash &&
      [null, undefined, made.onBehalfOf ?? made.personId].includes(decision.onBehalfOf),
  );
}

/** What a vote is made with: the power behind it, and the form as it was filled in. */
interface Permit {
  voter: Voter;
  answers: JsonObject | null;
}

/** Throws when nobody can decide this any more, or not by what the caller saw. It is asked before who the caller is. */
async function requireOpen(
  { db, tenantId }: RunTools,
  { row, decision, now }: { row: ApprovalRow; decision: WantedDecision; now: Date },
): Promise<void> {
  const people = row.status === 'PENDING' ? new Map<never, never>() : await peopleOf(db, tenantId, [row]);
  const closed = whyClosed(row, { now, people }) ?? whyOtherPlan(row, decision);
  if (closed !== null) throw closed;
}

/** The permit, when nothing is in the way; the checks come in the order that callers can rely on. */
function permitted(row: ApprovalRow, caller: Caller, decision: WantedDecision): Permit {
  const power = powerToDecide(row, wantedPowers(caller, decision.onBehalfOf ?? null));
  if (power instanceof DomainError) throw power;
  const unreasoned = whyNoReason(row, decision);
  if (unreasoned !== null) throw unreasoned;
  return { voter: power, answers: answersOf(row, decision) };
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

function whyOtherPlan(row: ApprovalRow, decision: WantedDecision): DomainError | null {
  if (decision.planHash === row.planHash) return null;
  return new DomainError(
    'CONFLICT',
    'plan_changed',
    'What you saw is not what would happen now. Look at the request again, then decide.',
    { planHash: row.planHash },
  );
}

function whyNoReason(row: ApprovalRow, decision: WantedDecision): DomainError | null {
  if (row.class !== 'C' || isTyped(decision.reason)) return null;
  return new DomainError('INVALID', 'reason_required', 'reason: write in your own words why you decide so.', {
    field: 'reason',
  });
}

function answersOf(row: ApprovalRow, { decision, answers }: WantedDecision): JsonObject | null {
  const checked = checkAnswers(formOf(row), answers ?? undefined, { required: decision === 'APPROVE' });
  if ('answers' in checked) return checked.answers;
  const issues = checked.problems.map(({ field, message }) => ({ field: `answers.${field}`, message }));
  const [{ field, message } = { field: 'answers', message: 'Fill in the form.' }] = issues;
  throw new DomainError('INVALID', 'answers_invalid', `${field}: ${message}`, { field, issues });
}

interface Ballot extends Permit {
  row: ApprovalRow;
  caller: Caller;
  decision: WantedDecision;
  now: Date;
}

/** Writes the decision, and the outcome when this settles it. The row is locked. */
async function vote(tools: RunTools, { row, caller, voter, ...ballot }: Ballot): Promise<ApprovalView> {
  const { db, tenantId } = tools;
  const { decision, answers, now } = ballot;
  const made = await db.approvalDecision.create({
    data: {
      tenantId,
      approvalId: row.id,
      personId: caller.id,
      personEmail: caller.email,
      onBehalfOf: voter.onBehalfOf,
      onBehalfOfEmail: voter.onBehalfOf === null ? null : voter.email,
      roles: votingRoles(termsOf(row).approvers, voter),
      verdict: decision.decision,
      reason: decision.reason ?? null,
      ...(answers === null ? {} : { answers: answers }),
      planHash: decision.planHash,
      decidedAt: now,
    },
  });
  const voted = { ...row, decisions: [...row.decisions, made] };
  const people = await peopleOf(db, tenantId, [voted]);
  const status = settle(termsOf(voted), decisionsOf(voted, people));
  const closed = status === 'PENDING' ? voted : { ...voted, status, closedAt: now };
  if (closed !== voted) await settled(tools, closed);
  await publish(db, { topic: 'approval', tenantId, approvalId: row.id });
  return viewOf(closed, caller, await readSight(db, tenantId, { rows: [closed], now }));
}

/** Writes the outcome, and tells the run and the endpoints of it. */
async function settled({ db, tenantId, enqueue, dispatch }: RunTools, row: ApprovalRow): Promise<void> {
  const { status, closedAt } = row;
  await db.approval.update({
    where: { id: row.id, tenantId, status: 'PENDING' },
    data: { status, closedAt },
  });
  await enqueue({ kind: 'approvalDecided', runId: row.runId as RunId, approvalId: row.id });
  const change = status === 'APPROVED' ? 'approved' : 'denied';
  dispatch(await announce(db, { tenantId, approvalId: row.id }, change));
}
