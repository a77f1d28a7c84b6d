import { DomainError } from '../../workflows/errors.ts';
import { appendAudit } from '../audit.ts';
import type { Ctx } from '../context.ts';
import { readCaller } from './caller.ts';

const REFUSALS = ['approval_needs_person', 'self_approval', 'not_an_approver', 'delegation_not_in_force'];

/**
 * Makes a call that decides. What is forbidden in it leaves an audit row `approval.refused`, in a transaction of its
 * own: that of the call is gone, and an attempt must stay countable.
 */
export async function auditingRefusals<T>(
  ctx: Ctx,
  about: { approvalId: string; decision: string },
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DomainError && REFUSALS.includes(error.reason))
      await ctx.database.withTenant(ctx.tenantId, (db) =>
        appendAudit(db, {
          actor: ctx.actor,
          action: 'approval.refused',
          target: about.approvalId,
          requestId: ctx.requestId,
          details: { reason: error.reason, decision: about.decision },
        }),
      );
    throw error;
  }
}

/** The same call, with the permission to decide while somebody's power is handed to a person without one. */
export async function withDelegated(ctx: Ctx): Promise<Ctx> {
  const { actor, permissions, tenantId } = ctx;
  if (permissions.has('approvals.decide') || actor.kind !== 'person') return ctx;
  const caller = await ctx.database.withTenant(tenantId, (db) =>
    readCaller(db, tenantId, { actor, now: new Date() }),
  );
  if (caller === null || caller.powers.length === 1) return ctx;
  return { ...ctx, permissions: new Set([...permissions, 'approvals.decide' as const]) };
}
