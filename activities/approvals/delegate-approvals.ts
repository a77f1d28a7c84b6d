import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import { DECIDING_ROLES } from '../../workflows/approvals/approval-terms.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';
import { idField, textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { isLimited } from './caller.ts';
import { delegationViews, type DelegationView } from './delegation-view.ts';
import { noPerson } from './why-not.ts';

/** The longest period of one delegation, in milliseconds: 90 days, as long as a request can wait. */
const LONGEST_MS = 90 * 86_400_000;

/** A point in time of this age, which the database can hold. */
const timeField = z.date().min(new Date('2000-01-01')).max(new Date('9999-01-01'));

/**
 * Hands the caller's power to decide to one other member, from `from` (now, when left out or past) until `until`. What
 * it allows is read anew at each decision. Throws FORBIDDEN `approval_needs_person`, `not_an_approver`, `key_limited`;
 * INVALID `delegate_is_self`, `period_invalid`, `period_too_long`; NOT_FOUND `member_not_found`; CONFLICT
 * `delegation_overlaps` while the caller's power is somebody else's within that period.
 */
export const delegateApprovals = verb({
  action: 'delegation.create',
  permission: 'approvals.decide',
  input: z.strictObject({
    toPersonId: idField,
    from: timeField.nullish(),
    until: timeField,
    reason: textField(2_000).nullish(),
  }),
  run: async ({ db, tenantId, actor, target }, input): Promise<DelegationView> => {
    const now = new Date();
    const fromId = await lockDelegator(db, tenantId, actor);
    if (fromId === input.toPersonId)
      throw invalid('delegate_is_self', 'toPersonId', 'choose another person than yourself.');
    const period = checkPeriod({ startsAt: input.from ?? now, endsAt: input.until }, now);
    await checkMember(db, tenantId, input.toPersonId);
    await checkFree(db, { tenantId, fromId, ...period });
    const row = await db.approvalDelegation.create({
      data: {
        tenantId,
        id: randomUUID(),
        fromId,
        toId: input.toPersonId,
        ...period,
        reason: input.reason ?? null,
        createdAt: now,
      },
    });
    const view = (await delegationViews(db, [row], { tenantId, now }))(row);
    const { startsAt, endsAt } = view;
    target(row.id, { fromPersonId: fromId, toPersonId: row.toId, startsAt, endsAt });
    return view;
  },
});

// The member row is locked until the commit, so that two calls at once cannot both find the period free.
async function lockDelegator(db: Db, tenantId: TenantId, actor: Actor): Promise<string> {
  if (actor.kind !== 'person') throw noPerson();
  const [member] = await db.$queryRaw<{ roles: Role[] }[]>`
    SELECT roles FROM member WHERE tenant_id = ${tenantId}::uuid AND person_id = ${actor.personId}::uuid FOR UPDATE`;
  if (!member?.roles.some((role) => DECIDING_ROLES.includes(role)))
    throw new DomainError(
      'FORBIDDEN',
      'not_an_approver',
      'You cannot decide approvals yourself, so there is nothing to hand over.',
    );
  if (isLimited(actor, member.roles))
    throw new DomainError(
      'FORBIDDEN',
      'key_limited',
      'This API key has only some of your roles. Use a key that has all of them.',
    );
  return actor.personId;
}

interface Period {
  startsAt: Date;
  endsAt: Date;
}

function checkPeriod(asked: Period, now: Date): Period {
  const period = { ...asked, startsAt: asked.startsAt < now ? now : asked.startsAt };
  const length = period.endsAt.getTime() - period.startsAt.getTime();
  if (length <= 0) throw invalid('period_invalid', 'until', 'choose a time in the future, after the start.');
  if (length > LONGEST_MS) throw invalid('period_too_long', 'until', 'choose a period of at most 90 days.');
  return period;
}

async function checkMember(db: Db, tenantId: TenantId, personId: string): Promise<void> {
  if ((await db.member.count({ where: { tenantId, personId } })) > 0) return;
  throw new DomainError('NOT_FOUND', 'member_not_found', 'There is no such member here.');
}

async function checkFree(
  db: Db,
  { startsAt, endsAt, ...key }: Period & { tenantId: TenantId; fromId: string },
): Promise<void> {
  const other = await db.approvalDelegation.findFirst({
    where: { ...key, revokedAt: null, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } },
  });
  if (other === null) return;
  throw new DomainError(
    'CONFLICT',
    'delegation_overlaps',
    'You have handed this over for a part of that time already. Revoke that first, or choose another time.',
    { startsAt: other.startsAt.toISOString(), endsAt: other.endsAt.toISOString() },
  );
}

function invalid(reason: string, field: string, text: string): DomainError {
  return new DomainError('INVALID', reason, `${field}: ${text}`, { field });
}
