import type { Db } from '../../prisma/database.ts';
import { globalId, type TenantId } from '../../workflows/ids.ts';
import type { QueuedMessage } from '../context.ts';
import { emitEvent } from '../endpoints/index.ts';
import { approvalNotFound } from './approval-not-found.ts';

/** What happens to a request, as endpoints are told. */
export type Change = 'requested' | 'reminded' | 'escalated' | 'approved' | 'denied' | 'expired' | 'withdrawn';

/** Tells endpoints of a change, in the open transaction. Give the messages to a dispatcher after the commit. */
export async function announce(
  db: Db,
  { tenantId, approvalId: id }: { tenantId: TenantId; approvalId: string },
  change: Change,
): Promise<QueuedMessage[]> {
  const row = await db.approval.findFirst({ where: { tenantId, id } });
  if (row === null) throw approvalNotFound();
  return emitEvent(db, tenantId, {
    type: `approval.${change}`,
    data: {
      approvalId: globalId('approval', row.id),
      runId: globalId('run', row.runId),
      workflowId: globalId('workflow', row.workflowId),
      path: row.path,
      class: row.class,
      title: row.title,
      status: row.status,
      planHash: row.planHash,
      requestedAt: row.requestedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      reminders: row.reminders,
    },
  });
}
