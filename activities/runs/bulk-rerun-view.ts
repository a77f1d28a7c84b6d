import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { idField } from '../input-fields.ts';
import { pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';

/** How far a bulk re-run has come. Times are ISO 8601. */
export interface BulkRerunView {
  id: string;
  status: 'RUNNING' | 'FINISHED' | 'CANCELLED';
  failureFingerprint: string | null;
  fromStep: string | null;
  version: number | null;
  createdAt: string;
  createdBy: Json;
  finishedAt: string | null;
  /** Runs by what became of them. */
  pending: number;
  started: number;
  refused: number;
}

/** One run of a bulk re-run. */
export interface BulkRerunItemView {
  runId: RunId;
  status: 'PENDING' | 'STARTED' | 'REFUSED';
  newRunId: RunId | null;
  reason: string | null;
  message: string | null;
}

/** One bulk re-run. Throws NOT_FOUND. */
export const getBulkRerun = query({
  permission: 'runs.read',
  input: z.strictObject({ id: idField }),
  run: async ({ db, tenantId }, { id }): Promise<BulkRerunView> => {
    const row = await db.bulkRerun.findFirst({ where: { tenantId, id } });
    if (!row) throw bulkRerunNotFound();
    const groups = await db.bulkRerunItem.groupBy({
      by: ['status'],
      where: { tenantId, bulkRerunId: id },
      _count: true,
    });
    const count = (status: BulkRerunItemView['status']) =>
      groups.find((group) => group.status === status)?._count ?? 0;
    return {
      id,
      status: row.status as BulkRerunView['status'],
      failureFingerprint: row.fingerprint,
      fromStep: row.fromStep,
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy as Json,
      finishedAt: row.finishedAt?.toISOString() ?? null,
      pending: count('PENDING'),
      started: count('STARTED'),
      refused: count('REFUSED'),
    };
  },
});

/** What is thrown for a bulk re-run that is not there, or another organisation's. */
export function bulkRerunNotFound(): DomainError {
  return new DomainError('NOT_FOUND', 'bulk_rerun_not_found', 'There is no such bulk re-run here.');
}

/** The runs of a bulk re-run, page by page. One that is not there has none. */
export const listBulkRerunItems = query({
  permission: 'runs.read',
  input: z.strictObject({ bulkRerunId: idField, ...pageFields }),
  run: async ({ db, tenantId }, { bulkRerunId, first, after }): Promise<Page<BulkRerunItemView>> => {
    const start = readCursor(after);
    const rows = await db.bulkRerunItem.findMany({
      where: { tenantId, bulkRerunId, ...(start ? { runId: { gt: start.id } } : {}) },
      orderBy: { runId: 'asc' },
      take: first + 1,
    });
    const ided = rows.map((row) => ({ ...row, id: row.runId }));
    // They have an order of their own, without a time.
    return toPage(ided, first, { at: () => new Date(0), node: toItem });
  },
});

function toItem({
  runId,
  status,
  newRunId,
  reason,
  message,
}: {
  runId: string;
  status: string;
  newRunId: string | null;
  reason: string | null;
  message: string | null;
}): BulkRerunItemView {
  return {
    ...{ reason, message, runId: runId as RunId, newRunId: newRunId as RunId | null },
    status: status as BulkRerunItemView['status'],
  };
}
