import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import type { Actor, Ctx } from '../context.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { delegationViews, type DelegationView } from './delegation-view.ts';

const input = z.strictObject({ id: idField });

const revoke = verb({
  action: 'delegation.revoke',
  permission: 'approvals.decide',
  input,
  run: async ({ db, tenantId, actor, target }, { id }): Promise<DelegationView> => {
    const now = new Date();
    const found = await db.approvalDelegation.findFirst({ where: { tenantId, id } });
    if (found === null)
      throw new DomainError('NOT_FOUND', 'delegation_not_found', 'There is no such delegation here.');
    if (!mayRevoke(actor, found))
      throw new DomainError(
        'FORBIDDEN',
        'delegation_of_others',
        'Only the two people concerned, an owner or an admin can end this.',
      );
    await db.approvalDelegation.updateMany({
      where: { tenantId, id, revokedAt: null },
      data: { revokedAt: now },
    });
    const row = await db.approvalDelegation.findFirstOrThrow({ where: { tenantId, id } });
    target(id, { fromPersonId: row.fromId, toPersonId: row.toId });
    return (await delegationViews(db, [row], { tenantId, now }))(row);
  },
});

/**
 * Ends a delegation at once and for good; one that is revoked already stays as it is. Who gave it can do so, who got
 * it (to hand it back, whatever their own roles), and whoever may change members. Throws NOT_FOUND
 * `delegation_not_found`, FORBIDDEN `delegation_of_others`.
 */
export const revokeDelegation: typeof revoke = Object.assign(
  async (ctx: Ctx, raw: z.input<typeof input>, once?: string): Promise<DelegationView> =>
    revoke(await asDelegate(ctx, raw), raw, once),
  { action: revoke.action, permission: revoke.permission },
);

/** The same call, with the permission for it when the delegation is the caller's to hand back. */
async function asDelegate(ctx: Ctx, raw: unknown): Promise<Ctx> {
  const { actor, permissions, tenantId } = ctx;
  const { data } = input.safeParse(raw);
  if (permissions.has(revoke.permission) || actor.kind !== 'person' || data === undefined) return ctx;
  const own = await ctx.database.withTenant(tenantId, (db) =>
    db.approvalDelegation.count({ where: { tenantId, id: data.id, toId: actor.personId } }),
  );
  return own === 0 ? ctx : { ...ctx, permissions: new Set([...permissions, revoke.permission]) };
}

function mayRevoke(actor: Actor, { fromId, toId }: { fromId: string; toId: string }): boolean {
  if (actor.kind !== 'person' && actor.kind !== 'service') return false;
  if (permissionsOf(actor.roles).has('members.write')) return true;
  return actor.kind === 'person' && [fromId, toId].includes(actor.personId);
}
