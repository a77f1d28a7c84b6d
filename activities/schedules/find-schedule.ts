import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { ScheduleRow } from './schedule-view.ts';

/** The tenant's schedule with this id. Throws NOT_FOUND, for a deleted one too. */
export async function findSchedule(db: Db, tenantId: TenantId, id: string): Promise<ScheduleRow> {
  const row = await db.schedule.findFirst({ where: { tenantId, id, deletedAt: null } });
  if (row) return row;
  throw new DomainError('NOT_FOUND', 'schedule_not_found', 'There is no such schedule here.');
}

/**
 * The same, locked until the transaction ends, so that its messages are written in the order of its changes.
 * Throws NOT_FOUND.
 */
export async function lockSchedule(db: Db, tenantId: TenantId, id: string): Promise<ScheduleRow> {
  await db.$queryRaw`SELECT id FROM schedule WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return findSchedule(db, tenantId, id);
}

/** Throws PRECONDITION_FAILED for a schedule that only its definition may change. */
export function checkOwn(row: ScheduleRow): void {
  if (row.source === 'person') return;
  throw new DomainError(
    'PRECONDITION_FAILED',
    'schedule_of_definition',
    'This schedule comes from the definition of its workflow. Change its trigger there and publish, or pause it here.',
    { workflowId: row.workflowId },
  );
}
