import { randomUUID } from 'node:crypto';
import { approvalTerms, type WantedTerms } from '../../workflows/approvals/approval-terms.ts';
import type { ApprovalPlan, ApprovalRequest } from '../../workflows/approvals/model.ts';
import type { ApprovalId, PersonId, RunId, WorkflowId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import type { Ctx } from '../context.ts';
import type { TestHouse, TestTenant } from '../testing.ts';
import { createApprovalLink } from './approval-link.ts';
import { withDecisions } from './approval-row.ts';
import { approvalActivities, decideApproval, delegateApprovals } from './index.ts';

/** A request as a run would make it. Times in milliseconds since 1970. */
export function approvalRequest(
  tenant: TestTenant,
  {
    requesterId = tenant.people.builder.id,
    requestedAt = Date.now(),
    plan = {},
    ...wanted
  }: WantedTerms & {
    requesterId?: PersonId | null;
    requestedAt?: number;
    /** What the plan says besides, or otherwise. */
    plan?: Partial<ApprovalPlan>;
  },
): ApprovalRequest {
  const runId = randomUUID() as RunId;
  const { expiresInSeconds, escalation, ...terms } = approvalTerms(wanted);
  return {
    approvalId: randomUUID() as ApprovalId,
    tenantId: tenant.tenantId,
    runId,
    path: 'size/gate',
    class: wanted.class,
    plan: {
      workflow: { id: randomUUID() as WorkflowId, name: 'Refund', version: 1, hash: 'hash' },
      runId,
      path: 'size/gate',
      title: 'Refund 120',
      details: { amount: 120 },
      class: wanted.class,
      guards: [{ stepId: 'refund', kind: 'http', summary: 'POST /refunds', class: wanted.class }],
      ...plan,
    },
    planHash: randomUUID(),
    requesterId,
    ...terms,
    requestedAt: new Date(requestedAt).toISOString(),
    expiresAt: new Date(requestedAt + expiresInSeconds * 1_000).toISOString(),
    ...(escalation
      ? {
          escalation: {
            at: new Date(requestedAt + escalation.afterSeconds * 1_000).toISOString(),
            approvers: escalation.approvers,
          },
        }
      : {}),
  };
}

/** A request that a run has made. */
export async function askedFor(
  house: TestHouse,
  tenant: TestTenant,
  wanted: Parameters<typeof approvalRequest>[1],
): Promise<ApprovalRequest> {
  const request = approvalRequest(tenant, wanted);
  await approvalActivities(house.platform).requestApproval({ request });
  return request;
}

/** Decides a request as this caller: a yes with a reason, unless said otherwise. */
export function decideOn(
  ctx: Ctx,
  { approvalId, planHash }: ApprovalRequest,
  more: Partial<Parameters<typeof decideApproval>[1]> = {},
) {
  return decideApproval(ctx, { approvalId, planHash, decision: 'APPROVE', reason: 'I checked it.', ...more });
}

/** The token of a new link for this person, as a mail would carry it. */
export function linkTo(
  { database }: TestHouse,
  { tenantId, approvalId: id }: ApprovalRequest,
  personId: string,
): Promise<string> {
  return database.withTenant(tenantId, async (db) => {
    const row = await db.approval.findFirstOrThrow({
      where: { tenantId, id },
      include: withDecisions(tenantId),
    });
    return createApprovalLink(db, { row, personId, now: new Date() });
  });
}

/** One more member, as a caller. */
export async function newMember(house: TestHouse, tenant: TestTenant, roles: Role[]): Promise<Ctx> {
  const { tenantId } = tenant;
  const personId = randomUUID() as PersonId;
  const [email, name] = [`${personId}@example.com`, 'One more'];
  await house.database.withTenant(tenantId, async (db) => {
    await db.person.createMany({ data: [{ id: personId, email, name }] });
    await db.member.createMany({ data: [{ tenantId, personId, roles }] });
  });
  const actor = { kind: 'person', personId, email, name, roles, apiKeyId: null } as const;
  return { ...tenant.as('viewer'), actor, permissions: permissionsOf(roles) };
}

/** The moment so many days from now. */
export const later = (days: number) => new Date(Date.now() + days * 86_400_000);

/** The person behind a call. */
export const idOf = (ctx: Ctx) => (ctx.actor.kind === 'person' ? ctx.actor.personId : '');

/** Hands the power of one caller to another, for a week from now unless said otherwise. */
export function delegate(from: Ctx, to: Ctx, more: Partial<Parameters<typeof delegateApprovals>[1]> = {}) {
  return delegateApprovals(from, { toPersonId: idOf(to), until: later(7), ...more });
}

/** Gives the person behind a call other roles, past all rules. */
export async function setRoles({ database }: TestHouse, ctx: Ctx, roles: Role[]): Promise<void> {
  const { tenantId } = ctx;
  await database.withTenant(tenantId, (db) =>
    db.member.updateMany({ where: { tenantId, personId: idOf(ctx) }, data: { roles } }),
  );
}

/** The audit rows of one action. */
export function auditRows({ database }: TestHouse, { tenantId }: TestTenant, action: string) {
  return database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { tenantId, action } }));
}

/** The messages that tell a run of a decision, as they wait in the outbox. */
export function messagesTo({ database }: TestHouse, { tenantId, approvalId }: ApprovalRequest) {
  return database.withTenant(tenantId, (db) =>
    db.outbox.findMany({ where: { tenantId, payload: { path: ['approvalId'], equals: approvalId } } }),
  );
}
