import type { Db } from '../../prisma/database.ts';
import type { ApprovalId, TenantId } from '../../workflows/ids.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';

/**
 * Has those who were written to about a request told that it was withdrawn, in the open transaction. By a message, since
 * the run that asked may be gone. Give the messages to a dispatcher after the commit; there are none when nobody was.
 */
export async function tellWithdrawn(
  db: Db,
  { tenantId, approvalId }: { tenantId: TenantId; approvalId: ApprovalId },
): Promise<QueuedMessage[]> {
  const wasMailed = (await db.approvalLink.findFirst({ where: { tenantId, approvalId } })) !== null;
  return wasMailed ? [await enqueue(db, tenantId, { kind: 'mailWithdrawal', approvalId })] : [];
}
