import type { BulkRerunKey } from '../../workflows/runs/bulk-rerun-activities.ts';
import { appendAudit } from '../audit.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';
import { OLDER_THAN, PAGE, type ReconcilerParts } from './reconciler-parts.ts';

/**
 * Starts the workflows of bulk re-runs again that are under way here and do not go on in Temporal, because somebody
 * ended them there: each run of theirs is started once, however often the workflow is. Gives how many. Throws when
 * Temporal or the database does not answer.
 */
export async function reconcileBulkReruns(parts: ReconcilerParts): Promise<number> {
  let restarted = 0;
  for (let after: string | null = null; ;) {
    const page = await parts.database.lookup.openBulkReruns({
      ...{ olderThanSeconds: OLDER_THAN, after, limit: PAGE },
    });
    for (const { tenantId, id } of page)
      if (await reconcileOne(parts, { tenantId, bulkRerunId: id })) restarted += 1;
    after = page.at(-1)?.id ?? null;
    if (page.length < PAGE) return restarted;
  }
}

async function reconcileOne(
  { look, database, dispatcher, log, metrics }: ReconcilerParts,
  key: BulkRerunKey,
): Promise<boolean> {
  if (await look.bulkGoesOn(key)) return false;
  const message = await startAgain(database, key);
  if (message === null) return false;
  dispatcher.dispatch([message]);
  metrics?.count('bulkRerun', 'RUNNING');
  log.warn(key, 'a bulk re-run did not go on in Temporal, and was started again');
  return true;
}

async function startAgain(
  database: ReconcilerParts['database'],
  { tenantId, bulkRerunId }: BulkRerunKey,
): Promise<QueuedMessage | null> {
  return database.withTenant(tenantId, async (db) => {
    const open = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM bulk_rerun b WHERE b.tenant_id = ${tenantId}::uuid AND b.id = ${bulkRerunId}::uuid
        AND b.finished_at IS NULL AND NOT EXISTS (
          SELECT FROM outbox o WHERE o.tenant_id = b.tenant_id AND o.subject_id = b.id AND o.failed_at IS NULL)
      FOR UPDATE`;
    if (open.length === 0) return null;
    const message = await enqueue(db, tenantId, { kind: 'startBulkRerun', bulkRerunId });
    await appendAudit(db, {
      actor: { kind: 'system', name: 'reconciler' },
      ...{ action: 'bulkRerun.reconcile', target: bulkRerunId, requestId: null, details: null },
    });
    return message;
  });
}
