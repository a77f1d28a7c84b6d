import type { Db } from '../../prisma/database.ts';
import { explainPending } from '../../workflows/approvals/explain-pending.ts';
import type { FormField } from '../../workflows/approvals/form.ts';
import type {
  ApprovalClass,
  ApprovalPlan,
  ApprovalStatus,
  Approvers,
  Verdict,
} from '../../workflows/approvals/model.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { personIn, type PersonSummary } from '../tenancy/index.ts';
import { decisionsOf, escalationOf, formOf, peopleOf, termsOf, type ApprovalRow } from './approval-row.ts';
import type { Caller } from './caller.ts';
import { whyNotDecide, type Moment } from './why-not.ts';

/** A request as the inbox shows it to one caller. Times are ISO 8601. */
export interface ApprovalView {
  id: string;
  runId: string;
  workflowId: string;
  workflowName: string;
  path: string;
  title: string;
  details: Json;
  class: ApprovalClass;
  plan: ApprovalPlan;
  planHash: string;
  /** The hash of what is asked for, equal for requests that can be decided together; null for requests made before. */
  contentHash: string | null;
  /** How many pending requests have this content hash, this one included while it is pending. */
  identicalPending: number;
  /** What an approver fills in; null without a form. */
  form: FormField[] | null;
  status: ApprovalStatus;
  /** The person whose action this is; null when nobody is, or when that person has left. */
  requester: PersonSummary | null;
  approvers: Approvers;
  quorum: number;
  decisions: DecisionView[];
  requestedAt: string;
  expiresAt: string;
  closedAt: string | null;
  /** How often approvers were reminded, and when last. */
  reminders: number;
  remindedAt: string | null;
  /** Who was let in besides the first approvers, or will be if nobody decides; null for nobody. */
  escalation: Approvers | null;
  escalatedAt: string | null;
  /** What a pending request still lacks, for people; null once it is closed. */
  missing: string | null;
  /** Whether the caller can decide now; `whyNot` says what is in the way. */
  canDecide: boolean;
  whyNot: { reason: string; message: string } | null;
}

/** What one person decided, with the roles voted with. */
export interface DecisionView {
  personId: string;
  /** The person's address when the decision was made. */
  personEmail: string;
  /** Null once the person has left the organisation. */
  person: PersonSummary | null;
  /** The id of the approver whose power the person used; null for a decision in the person's own right. */
  onBehalfOfId: string | null;
  /** That approver; null without one, and once the approver has left the organisation. */
  onBehalfOf: PersonSummary | null;
  /** The address of that approver when the decision was made. */
  onBehalfOfEmail: string | null;
  roles: Role[];
  verdict: Verdict;
  reason: string | null;
  /** The form as this person filled it in; null without one. */
  answers: JsonObject | null;
  decidedAt: string;
}

/** What views are made of besides the rows. */
export interface Sight extends Moment {
  /** How many pending requests there are by content hash. */
  identical: ReadonlyMap<string, number>;
}

/** Reads what the views of these rows need, in two statements. */
export async function readSight(
  db: Db,
  tenantId: TenantId,
  { rows, now }: { rows: readonly ApprovalRow[]; now: Date },
): Promise<Sight> {
  const hashes = [...new Set(rows.flatMap((row) => row.contentHash ?? []))];
  const counts = await db.approval.groupBy({
    by: ['contentHash'],
    where: { tenantId, contentHash: { in: hashes }, status: 'PENDING', expiresAt: { gt: now } },
    _count: true,
  });
  const identical = new Map(counts.map(({ contentHash, _count }) => [contentHash ?? '', _count]));
  return { now, people: await peopleOf(db, tenantId, rows), identical };
}

/** The view of one row for this caller, from what was read already. */
export function viewOf(row: ApprovalRow, caller: Caller | null, moment: Sight): ApprovalView {
  const { people, now } = moment;
  const { plan, ...terms } = termsOf(row);
  const decisions = decisionsOf(row, people);
  const whyNot = whyNotDecide(row, caller, moment);
  return {
    id: row.id,
    runId: row.runId,
    workflowId: row.workflowId,
    workflowName: plan.workflow.name,
    path: row.path,
    title: row.title,
    details: plan.details,
    class: terms.class,
    plan,
    planHash: row.planHash,
    contentHash: row.contentHash,
    identicalPending: moment.identical.get(row.contentHash ?? '') ?? 0,
    form: formOf(row),
    status: terms.status,
    requester: personIn(people, row.requesterId),
    approvers: terms.approvers,
    quorum: row.quorum,
    decisions: decisions.map(({ planHash: _seen, onBehalfOf, ...made }) => ({
      ...made,
      person: personIn(people, made.personId),
      onBehalfOfId: onBehalfOf,
      onBehalfOf: personIn(people, onBehalfOf),
    })),
    requestedAt: terms.requestedAt,
    expiresAt: terms.expiresAt,
    closedAt: row.closedAt?.toISOString() ?? null,
    reminders: row.reminders,
    remindedAt: row.remindedAt?.toISOString() ?? null,
    escalation: escalationOf(row),
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    missing: row.status === 'PENDING' ? explainPending(terms, decisions, now.getTime()) : null,
    canDecide: whyNot === null,
    whyNot: whyNot && { reason: whyNot.reason, message: whyNot.message },
  };
}
