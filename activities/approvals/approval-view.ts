import { explainPending } from '../../workflows/approvals/explain-pending.ts';
import type {
  ApprovalClass,
  ApprovalPlan,
  ApprovalStatus,
  Approvers,
  Verdict,
} from '../../workflows/approvals/model.ts';
import type { Json } from '../../workflows/json.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { personIn, type PersonSummary } from '../tenancy/index.ts';
import { decisionsOf, termsOf, type ApprovalRow } from './approval-row.ts';
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
  status: ApprovalStatus;
  /** The person whose action this is; null when nobody is, or when that person has left. */
  requester: PersonSummary | null;
  approvers: Approvers;
  quorum: number;
  decisions: DecisionView[];
  requestedAt: string;
  expiresAt: string;
  closedAt: string | null;
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
  roles: Role[];
  verdict: Verdict;
  reason: string | null;
  decidedAt: string;
}

/** The view of one row for this caller, from what was read already. */
export function viewOf(row: ApprovalRow, caller: Caller | null, moment: Moment): ApprovalView {
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
    status: terms.status,
    requester: personIn(people, row.requesterId),
    approvers: terms.approvers,
    quorum: row.quorum,
    decisions: decisions.map(({ personId, personEmail, onBehalfOf, roles, verdict, reason, decidedAt }) => ({
      personId,
      personEmail,
      person: personIn(people, personId),
      onBehalfOfId: onBehalfOf,
      onBehalfOf: personIn(people, onBehalfOf),
      roles,
      verdict,
      reason,
      decidedAt,
    })),
    requestedAt: terms.requestedAt,
    expiresAt: terms.expiresAt,
    closedAt: row.closedAt?.toISOString() ?? null,
    missing: row.status === 'PENDING' ? explainPending(terms, decisions, now.getTime()) : null,
    canDecide: whyNot === null,
    whyNot: whyNot && { reason: whyNot.reason, message: whyNot.message },
  };
}
