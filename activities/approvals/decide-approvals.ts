import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import type { Ctx } from '../context.ts';
import { idField } from '../input-fields.ts';
import { invalidInput } from '../invalid-input.ts';
import { requirePermission } from '../verb.ts';
import type { ApprovalView } from './approval-view.ts';
import { approvalNotFound } from './approval-not-found.ts';
import { decideApproval } from './decide-approval.ts';
import { decisionFields } from './decision-fields.ts';
import { withDelegated } from './refusals.ts';

/** The most requests of one call. */
const MOST = 200;

const input = z.strictObject({
  approvalIds: z
    .array(idField)
    .min(1)
    .max(MOST)
    .refine((ids) => new Set(ids).size === ids.length, 'Name each request once.'),
  ...decisionFields,
  /** What all of them must ask for: a request with another content is none of those that the caller saw. */
  contentHash: z.string().max(200),
});

/** What came of one request: the request as it is now, or why it was not decided. */
export interface BatchResult {
  approvalId: string;
  approval: ApprovalView | null;
  reason: string | null;
  message: string | null;
}

/**
 * Decides requests that ask for the same, each by the rules of `decideApproval` and in a transaction of its own: one
 * that is refused undoes no other. Throws FORBIDDEN `permission_missing`; NOT_FOUND `approval_not_found` and INVALID
 * `content_differs` before anything is decided.
 */
export async function decideApprovals(
  ctx: Ctx,
  raw: z.input<typeof input>,
  once?: string,
): Promise<BatchResult[]> {
  requirePermission(await withDelegated(ctx), 'approvals.decide');
  const parsed = input.safeParse(raw);
  if (!parsed.success) throw invalidInput(parsed.error);
  const { approvalIds, contentHash, ...decision } = parsed.data;
  const planHashes = await readPlanHashes(ctx, approvalIds, contentHash);
  const results: BatchResult[] = [];
  for (const [approvalId, planHash] of planHashes)
    results.push(
      await resultOf(approvalId, () =>
        decideApproval(ctx, { ...decision, approvalId, planHash }, keyOf(once, approvalId)),
      ),
    );
  return results;
}

async function readPlanHashes(ctx: Ctx, ids: string[], contentHash: string): Promise<Map<string, string>> {
  const rows = await ctx.database.withTenant(ctx.tenantId, (db) =>
    db.approval.findMany({
      where: { tenantId: ctx.tenantId, id: { in: ids } },
      select: { id: true, planHash: true, contentHash: true },
    }),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    ids.map((id) => {
      const row = byId.get(id);
      if (row === undefined) throw approvalNotFound();
      if (row.contentHash !== contentHash) throw otherContent(id);
      return [id, row.planHash];
    }),
  );
}

function otherContent(approvalId: string): DomainError {
  return new DomainError(
    'INVALID',
    'content_differs',
    'contentHash: not all of these ask for the same. Look at them again and decide them one by one.',
    { field: 'contentHash', approvalId },
  );
}

async function resultOf(approvalId: string, decide: () => Promise<ApprovalView>): Promise<BatchResult> {
  try {
    return { approvalId, approval: await decide(), reason: null, message: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { approvalId, approval: null, reason: error.reason, message: error.message };
  }
}

// Each request has a key of its own, so that the whole call can be sent again when it broke off in the middle.
function keyOf(once: string | undefined, approvalId: string): string | undefined {
  return once && createHash('sha256').update(`${once} ${approvalId}`).digest('hex');
}
