import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { idField, textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import type { BulkRerunRef } from './bulk-rerun-start.ts';
import { bulkRerunNotFound } from './bulk-rerun-view.ts';

/** Why a run of a bulk re-run that was cancelled is not run again. */
const CANCELLED = {
  reason: 'bulk_rerun_cancelled',
  message: 'The bulk re-run was cancelled before the turn of this run came.',
};

/**
 * Stops a bulk re-run: what was not started yet is refused, what was started goes on. Doing it again changes nothing.
 * Throws NOT_FOUND, or PRECONDITION_FAILED `bulk_rerun_finished`.
 */
export const cancelBulkRerun = verb({
  action: 'bulkRerun.cancel',
  permission: 'runs.control',
  input: z.strictObject({ bulkRerunId: idField, reason: textField(2000).nullish() }),
  run: async ({ db, tenantId, target }, { bulkRerunId: id, reason = null }): Promise<BulkRerunRef> => {
    // The batch that starts the last run finishes it under the lock of the same row.
    const { count } = await db.bulkRerun.updateMany({
      where: { tenantId, id, status: 'RUNNING' },
      data: { status: 'CANCELLED', finishedAt: new Date() },
    });
    if (count === 0) checkCancelled(await db.bulkRerun.findFirst({ where: { tenantId, id } }));
    // The workflow behind it finds nothing left, and ends.
    const { count: refused } = await db.bulkRerunItem.updateMany({
      where: { tenantId, bulkRerunId: id, status: 'PENDING' },
      data: { status: 'REFUSED', ...CANCELLED },
    });
    target(id, { reason, refused });
    return { id };
  },
});

function checkCancelled(row: { status: string } | null): void {
  if (!row) throw bulkRerunNotFound();
  if (row.status === 'CANCELLED') return;
  throw new DomainError(
    'PRECONDITION_FAILED',
    'bulk_rerun_finished',
    'This bulk re-run is over: each of its runs was started or refused. Cancel the new runs one by one.',
  );
}
