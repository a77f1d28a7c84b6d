import { Prisma, type Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { MAX_BULK_RUNS, type BulkRerunInput } from './bulk-rerun-input.ts';

/** Which runs a bulk re-run takes. */
export interface BulkTargets {
  /** Runs to take, oldest first. */
  taken: string[];
  /** Runs that were named although they were run again already, or are about to be; empty for a fingerprint. */
  done: string[];
  /** How many of the runs asked for were run again already. */
  alreadyRerun: number;
  /** How many are over the limit of one bulk re-run; a second one takes them. */
  left: number;
}

/**
 * Finds what is meant. A run counts as done once there is a run again of it, or a bulk re-run is about to start one.
 * Throws NOT_FOUND when a named run is not there.
 */
export async function findBulkTargets(
  db: Db,
  tenantId: TenantId,
  { failureFingerprint, runIds }: Pick<BulkRerunInput, 'failureFingerprint' | 'runIds'>,
): Promise<BulkTargets> {
  const named = runIds ? [...new Set(runIds)] : null;
  const asked = named
    ? Prisma.sql`r.id = ANY(${named}::uuid[])`
    : Prisma.sql`r.failure_fingerprint = ${failureFingerprint} AND r.finished_at IS NOT NULL`;
  const rows = await db.$queryRaw<{ id: string; done: boolean }[]>`
    SELECT r.id, (again.run_id IS NOT NULL OR coming.run_id IS NOT NULL) AS done
    FROM run r
    LEFT JOIN (SELECT DISTINCT rerun_of AS run_id FROM run WHERE tenant_id = ${tenantId}::uuid AND rerun_of IS NOT NULL)
      again ON again.run_id = r.id
    LEFT JOIN (SELECT DISTINCT run_id FROM bulk_rerun_item WHERE tenant_id = ${tenantId}::uuid AND status = 'PENDING')
      coming ON coming.run_id = r.id
    WHERE r.tenant_id = ${tenantId}::uuid AND ${asked}
    ORDER BY r.created_at, r.id`;
  if (named && rows.length < named.length)
    throw new DomainError('NOT_FOUND', 'run_not_found', 'There is no such run here.', { field: 'runIds' });
  const fresh = rows.filter(({ done }) => !done).map(({ id }) => id);
  const done = rows.filter((row) => row.done).map(({ id }) => id);
  return {
    taken: fresh.slice(0, MAX_BULK_RUNS),
    done: named ? done : [],
    alreadyRerun: done.length,
    left: Math.max(0, fresh.length - MAX_BULK_RUNS),
  };
}

/** True once there is a run again of this run. */
export async function isRerun(db: Db, tenantId: TenantId, runId: string): Promise<boolean> {
  return (await db.run.findFirst({ where: { tenantId, rerunOf: runId }, select: { id: true } })) !== null;
}

/** Why a run that was named is not taken. */
export const ALREADY_RERUN = {
  reason: 'already_rerun',
  message: 'This run was run again already, or is about to be. Look at the newer run instead.',
};
