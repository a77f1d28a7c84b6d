import { Prisma, type Db } from '../../prisma/database.ts';
import { widened } from '../../workflows/approvals/approval-terms.ts';
import { contentHashOf } from '../../workflows/approvals/content-hash.ts';
import type { FormField } from '../../workflows/approvals/form.ts';
import type {
  ApprovalClass,
  ApprovalDecision,
  ApprovalPlan,
  ApprovalRequest,
  ApprovalStatus,
  Approvers,
  Verdict,
} from '../../workflows/approvals/model.ts';
import type { PersonId, TenantId, WorkflowId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { ROLES, type Role } from '../../workflows/tenancy/model.ts';
import { personIn, readPeople, type PersonSummary } from '../tenancy/index.ts';

/** A request as the database has it, with its decisions in the order they were made. */
export type ApprovalRow = Prisma.ApprovalGetPayload<{ include: { decisions: true } }>;

/** Members by id. Whoever has left is missing. */
export type People = Map<string, PersonSummary>;

/** Reads decisions along with a request, inside the same tenant. */
export const withDecisions = (tenantId: TenantId) =>
  ({ decisions: { where: { tenantId }, orderBy: { decidedAt: 'asc' } } }) as const;

/** The members among the requesters and deciders of these rows, in one statement. */
export function peopleOf(db: Db, tenantId: TenantId, rows: readonly ApprovalRow[]): Promise<People> {
  return readPeople(
    db,
    tenantId,
    rows.flatMap((row) => [
      row.requesterId,
      ...row.decisions.flatMap((made) => [made.personId, made.onBehalfOf]),
    ]),
  );
}

/** The request's decisions as the rules read them: each as it was when it was made, whoever has left since. */
export function decisionsOf(row: ApprovalRow, people: People): ApprovalDecision[] {
  return row.decisions.map((made) => ({
    personId: made.personId as PersonId,
    personEmail: made.personEmail,
    onBehalfOf: made.onBehalfOf as PersonId | null,
    // Decisions of before the column was there have the address of today.
    onBehalfOfEmail: made.onBehalfOfEmail ?? personIn(people, made.onBehalfOf)?.email ?? null,
    roles: rolesIn(made.roles),
    verdict: made.verdict as Verdict,
    reason: made.reason,
    answers: made.answers as JsonObject | null,
    planHash: made.planHash,
    decidedAt: made.decidedAt.toISOString(),
  }));
}

/**
 * The terms of a stored request as they are now: once it was escalated, those it was escalated to may decide too. Its
 * columns were written from an ApprovalRequest and are never changed.
 */
export function termsOf(row: ApprovalRow) {
  return {
    class: row.class as ApprovalClass,
    quorum: row.quorum,
    plan: row.plan as unknown as ApprovalPlan,
    planHash: row.planHash,
    requesterId: row.requesterId as PersonId | null,
    approvers: approversOf(row),
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    status: row.status as ApprovalStatus,
  };
}

/** Who may decide besides, from `escalatedAt` on; null for nobody. */
export function escalationOf(row: ApprovalRow): Approvers | null {
  return row.escalation as unknown as Approvers | null;
}

/** The fields that an approver fills in, or null. */
export function formOf(row: ApprovalRow): FormField[] | null {
  return row.form as unknown as FormField[] | null;
}

function approversOf(row: ApprovalRow): Approvers {
  const approvers = { roles: rolesIn(row.approverRoles), people: row.approverPeople };
  const further = row.escalatedAt === null ? null : escalationOf(row);
  return further === null ? approvers : widened(approvers, further);
}

/** The row of a request that is made now. */
export function rowOf(request: ApprovalRequest, status: 'PENDING' | 'APPROVED') {
  return {
    tenantId: request.tenantId,
    id: request.approvalId,
    runId: request.runId,
    path: request.path,
    workflowId: request.plan.workflow.id satisfies WorkflowId,
    class: request.class,
    title: request.plan.title,
    plan: request.plan as unknown as Prisma.InputJsonObject,
    planHash: request.planHash,
    contentHash: contentHashOf(request.plan),
    form: jsonColumn(request.plan.form),
    escalation: jsonColumn(request.escalation?.approvers),
    requesterId: request.requesterId,
    approverRoles: request.approvers.roles,
    approverPeople: request.approvers.people,
    quorum: request.quorum,
    status,
    requestedAt: request.requestedAt,
    expiresAt: request.expiresAt,
    closedAt: status === 'APPROVED' ? request.requestedAt : null,
  };
}

function jsonColumn(value: object | undefined) {
  return value === undefined ? Prisma.DbNull : (value as unknown as Prisma.InputJsonValue);
}

function rolesIn(texts: readonly string[]): Role[] {
  return ROLES.filter((role) => texts.includes(role));
}
