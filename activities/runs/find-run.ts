import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { isFinal } from './run-state.ts';

/** The tenant's run with this id. Throws NOT_FOUND. */
export async function findRun(db: Db, tenantId: TenantId, id: string) {
  const row = await db.run.findFirst({ where: { tenantId, id }, omit: { carry: true, testDraft: true } });
  if (!row) throw new DomainError('NOT_FOUND', 'run_not_found', 'There is no such run here.');
  return row;
}

/** The same for a run that goes on. Throws NOT_FOUND, or PRECONDITION_FAILED when it is over. */
export async function findOpenRun(db: Db, tenantId: TenantId, id: string) {
  const row = await findRun(db, tenantId, id);
  if (isFinal(row.status))
    throw new DomainError(
      'PRECONDITION_FAILED',
      'run_finished',
      `This run is over (${row.status}), so it can no longer be changed.`,
      { status: row.status },
    );
  return row;
}
