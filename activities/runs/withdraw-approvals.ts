import type { Db } from '../../prisma/database.ts';
import type { ApprovalId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { announce, tellWithdrawn } from '../approvals/index.ts';
import { appendAudit } from '../audit.ts';
import type { QueuedMessage } from '../context.ts';
import { publish } from '../publish.ts';

/**
 * Withdraws the requests for approval that a run leaves open when it ends. A run withdraws its own before that; what is
 * left is of a run that was ended from outside. Gives what is to be sent after the commit.
 */
export async function withdrawApprovals(db: Db, { tenantId, runId }: RunKey): Promise<QueuedMessage[]> {
  const withdrawn = await db.approval.updateManyAndReturn({
    where: { tenantId, runId, status: 'PENDING' },
    data: { status: 'WITHDRAWN', closedAt: new Date() },
    select: { id: true },
  });
  const actor = { kind: 'workflow', runId } as const;
  const messages: QueuedMessage[] = [];
  for (const { id } of withdrawn) {
    await publish(db, { topic: 'approval', tenantId, approvalId: id });
    await appendAudit(db, { actor, action: 'approval.withdraw', target: id, requestId: null });
    const approval = { tenantId, approvalId: id as ApprovalId };
    messages.push(...(await announce(db, approval, 'withdrawn')), ...(await tellWithdrawn(db, approval)));
  }
  return messages;
}
