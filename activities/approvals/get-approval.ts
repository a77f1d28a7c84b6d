import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { approvalNotFound } from './approval-not-found.ts';
import { withDecisions } from './approval-row.ts';
import { readSight, viewOf, type ApprovalView } from './approval-view.ts';
import { readCaller } from './caller.ts';

/** One request, as the caller sees it. Throws NOT_FOUND `approval_not_found`. */
export const getApproval = query({
  permission: 'approvals.read',
  input: z.strictObject({ id: idField }),
  run: async ({ db, tenantId, actor }, { id }): Promise<ApprovalView> => {
    const row = await db.approval.findFirst({ where: { tenantId, id }, include: withDecisions(tenantId) });
    if (row === null) throw approvalNotFound();
    const now = new Date();
    const caller = await readCaller(db, tenantId, { actor, now });
    return viewOf(row, caller, await readSight(db, tenantId, { rows: [row], now }));
  },
});
