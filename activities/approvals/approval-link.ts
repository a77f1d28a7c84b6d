import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { permissionsOf } from '../../workflows/tenancy/permissions.ts';
import type { Ctx } from '../context.ts';
import { idField } from '../input-fields.ts';
import type { Platform } from '../tenancy/index.ts';
import { verb } from '../verb.ts';
import { withDecisions, type ApprovalRow } from './approval-row.ts';
import { readSight, viewOf, type ApprovalView } from './approval-view.ts';
import { readCaller } from './caller.ts';
import { castVote } from './cast-vote.ts';
import { answersField, decisionFields } from './decision-fields.ts';
import { personActor } from './person-actor.ts';
import { auditingRefusals, withDelegated } from './refusals.ts';

/** The longest life of a link, in milliseconds: 7 days. */
const LONGEST_MS = 7 * 86_400_000;
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Makes a link by which this person can decide this request as it is now, once, while it is pending and for 7 days at
 * most. Gives the token; only its SHA-256 is kept.
 */
export async function createApprovalLink(
  db: Db,
  { row, personId, now }: { row: ApprovalRow; personId: string; now: Date },
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const { tenantId, id: approvalId, planHash } = row;
  const expiresAt = new Date(Math.min(row.expiresAt.getTime(), now.getTime() + LONGEST_MS));
  await db.approvalLink.create({
    data: {
      ...{ tenantId, id: randomUUID(), approvalId, personId, planHash },
      ...{ tokenHash: hashOf(token), createdAt: now, expiresAt },
    },
  });
  return token;
}

/** What a link shows. Only `open` can be decided by it. */
export type LinkPage =
  | { state: 'open'; approval: ApprovalView; person: { email: string; name: string } }
  /** The person may not decide it, or nobody can any more. */
  | { state: 'closed'; approval: ApprovalView; message: string }
  | { state: 'used' }
  | { state: 'expired' }
  | { state: 'unknown' };

/** What a link shows now. Changes nothing, however often it is opened. */
export async function readApprovalLink(
  { database }: Pick<Platform, 'database'>,
  token: string,
): Promise<LinkPage> {
  const found = await find(database, token);
  if (found === null) return { state: 'unknown' };
  const { tenantId, id } = found;
  return database.withTenant(tenantId, async (db): Promise<LinkPage> => {
    const link = await db.approvalLink.findFirst({ where: { tenantId, id } });
    const actor = link && (await personActor(db, tenantId, link.personId));
    if (link === null || actor === null) return { state: 'unknown' };
    if (link.usedAt !== null) return { state: 'used' };
    const now = new Date();
    const row = await db.approval.findFirst({
      where: { tenantId, id: link.approvalId },
      include: withDecisions(tenantId),
    });
    if (row === null || link.expiresAt <= now || row.planHash !== link.planHash) return { state: 'expired' };
    const caller = await readCaller(db, tenantId, { actor, now });
    const approval = viewOf(row, caller, await readSight(db, tenantId, { rows: [row], now }));
    if (approval.whyNot !== null) return { state: 'closed', approval, message: approval.whyNot.message };
    return { state: 'open', approval, person: { email: actor.email, name: actor.name } };
  });
}

const input = z.strictObject({
  ...{ linkId: idField, approvalId: idField },
  ...decisionFields,
  answers: answersField,
});

const decideLinked = verb({
  action: 'approval.decide',
  permission: 'approvals.decide',
  input,
  run: async (tools, { linkId: id, ...decision }): Promise<ApprovalView> => {
    const { db, tenantId } = tools;
    const now = new Date();
    // The row is locked first: two presses at once are one after the other, and the second finds the link used.
    await db.$queryRaw`SELECT id FROM approval_link WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const link = await db.approvalLink.findFirst({ where: { tenantId, id } });
    if (link === null || link.expiresAt <= now)
      throw linkGone('link_expired', 'This link is no longer good.');
    if (link.usedAt !== null) throw linkGone('link_used', 'This link was used already.');
    const { planHash } = link;
    const view = await castVote(tools, { ...decision, planHash });
    const { runId, class: kind } = view;
    tools.target(view.id, { runId, class: kind, decision: decision.decision, linkId: id });
    await db.approvalLink.update({
      where: { tenantId_id: { tenantId, id }, usedAt: null },
      data: { usedAt: now },
    });
    return view;
  },
});

/** What somebody sent through a link. */
export type LinkDecision = Omit<z.input<typeof input>, 'linkId' | 'approvalId'>;

/**
 * Decides by a link, as the person whom it was made for and with the roles held now. The link is spent in the same
 * transaction. Throws PRECONDITION_FAILED `link_unknown`, `link_used`, `link_expired`, and what `decideApproval`
 * throws; then the link stays good.
 */
export async function decideByLink(
  platform: Platform,
  { token, requestId }: { token: string; requestId: string },
  decision: LinkDecision,
): Promise<ApprovalView> {
  const { database } = platform;
  const found = await find(database, token);
  if (found === null) throw linkGone('link_unknown', 'There is no such link.');
  const { tenantId, id: linkId } = found;
  const [link, actor] = await database.withTenant(tenantId, async (db) => {
    const row = await db.approvalLink.findFirst({ where: { tenantId, id: linkId } });
    return [row, row && (await personActor(db, tenantId, row.personId))];
  });
  if (link === null || actor === null) throw linkGone('link_unknown', 'There is no such link.');
  const permissions = permissionsOf(actor.roles);
  const ctx: Ctx = { ...platform, tenantId, actor, permissions, requestId };
  const { approvalId } = link;
  return auditingRefusals(ctx, { approvalId, decision: decision.decision }, async () =>
    decideLinked(await withDelegated(ctx), { ...decision, linkId, approvalId }),
  );
}

function linkGone(reason: 'link_unknown' | 'link_used' | 'link_expired', message: string): DomainError {
  return new DomainError('PRECONDITION_FAILED', reason, message);
}

async function find(
  { lookup }: Platform['database'],
  token: string,
): Promise<{ tenantId: TenantId; id: string } | null> {
  return TOKEN.test(token) ? lookup.approvalLink(hashOf(token)) : null;
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
