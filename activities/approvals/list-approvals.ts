import { z } from 'zod';
import type { Prisma } from '../../prisma/database.ts';
import { DECIDING_ROLES } from '../../workflows/approvals/approval-terms.ts';
import type { Voter } from '../../workflows/approvals/decision-refusal.ts';
import { APPROVAL_CLASSES, APPROVAL_STATUSES } from '../../workflows/approvals/model.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { idField } from '../input-fields.ts';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { withDecisions } from './approval-row.ts';
import { readSight, viewOf, type ApprovalView } from './approval-view.ts';
import { readCaller, type Caller } from './caller.ts';

const filter = z.strictObject({
  status: z.enum(APPROVAL_STATUSES).nullish(),
  class: z.enum(APPROVAL_CLASSES).nullish(),
  runId: idField.nullish(),
  workflowId: idField.nullish(),
  /** Only what asks for exactly this, whichever run asks. */
  contentHash: z.string().max(200).nullish(),
  /** Only what the caller could decide now and has not decided yet. */
  waitingForMe: z.boolean().nullish(),
  /** Only what the caller asked for. */
  requestedByMe: z.boolean().nullish(),
});

/** What `listApprovals` can be narrowed to; all that is given must hold. */
export type ApprovalFilter = z.input<typeof filter>;

/** The tenant's requests as the caller sees them, newest first. */
export const listApprovals = query({
  permission: 'approvals.read',
  input: z.strictObject({ ...pageFields, filter: filter.nullish() }),
  run: async ({ db, tenantId, actor }, input): Promise<Page<ApprovalView>> => {
    const now = new Date();
    const caller = await readCaller(db, tenantId, { actor, now });
    const start = readCursor(input.after);
    const rows = await db.approval.findMany({
      where: {
        tenantId,
        AND: [
          ...conditionsOf(input.filter ?? {}, caller, { tenantId, now }),
          afterCursor('requestedAt', start),
        ],
      },
      include: withDecisions(tenantId),
      orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
      take: input.first + 1,
    });
    const sight = await readSight(db, tenantId, { rows, now });
    return toPage(rows, input.first, {
      at: (row) => row.requestedAt,
      node: (row) => viewOf(row, caller, sight),
    });
  },
});

function conditionsOf(
  wanted: z.output<typeof filter>,
  caller: Caller | null,
  at: { tenantId: TenantId; now: Date },
): Prisma.ApprovalWhereInput[] {
  const { waitingForMe, requestedByMe, ...columns } = wanted;
  const given = Object.entries(columns).filter(([, value]) => value !== null && value !== undefined);
  return [
    Object.fromEntries(given),
    ...(requestedByMe ? [caller ? { requesterId: caller.id } : NOTHING] : []),
    ...(waitingForMe ? waitingFor(caller, at) : []),
  ];
}

const NOTHING = { id: { in: [] } };

/** The rule `powerToDecide` as a condition, for requests that are open and that the caller has not voted on. */
function waitingFor(
  caller: Caller | null,
  { tenantId, now }: { tenantId: TenantId; now: Date },
): Prisma.ApprovalWhereInput[] {
  const powers = caller?.powers.filter((power) => decidingRoles(power).length > 0) ?? [];
  if (caller === null || powers.length === 0) return [NOTHING];
  return [
    { status: 'PENDING', expiresAt: { gt: now } },
    notAskedBy(caller.id),
    { decisions: { none: { tenantId, personId: caller.id } } },
    { OR: powers.map((power) => ({ AND: decidableBy(power, tenantId) })) },
  ];
}

function decidableBy(power: Voter, tenantId: TenantId): Prisma.ApprovalWhereInput[] {
  const roles = decidingRoles(power);
  const email = power.email.toLowerCase();
  const approver = [
    { approverRoles: { hasSome: roles } },
    { approverPeople: { has: email } },
    {
      escalatedAt: { not: null },
      OR: [
        ...roles.map((role) => ({ escalation: { path: ['roles'], array_contains: [role] } })),
        { escalation: { path: ['people'], array_contains: [email] } },
      ],
    },
  ];
  const { onBehalfOf } = power;
  if (onBehalfOf === null) return [{ OR: approver }];
  const voted = [{ personId: onBehalfOf, onBehalfOf: null }, { onBehalfOf }];
  return [{ OR: approver }, notAskedBy(onBehalfOf), { decisions: { none: { tenantId, OR: voted } } }];
}

const notAskedBy = (id: string) => ({ OR: [{ requesterId: null }, { requesterId: { not: id } }] });
const decidingRoles = ({ roles }: Voter) => DECIDING_ROLES.filter((role) => roles.includes(role));
