import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { SCHEDULE_LIMITS } from '../../workflows/schedules/model.ts';

/** Throws LIMIT_EXCEEDED `too_many_schedules` unless the organisation may have so many more schedules. */
export async function checkRoom(db: Db, tenantId: TenantId, more: number): Promise<void> {
  if (more <= 0) return;
  // Two that count at once would both find room.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`schedules ${tenantId}`}, 0))`;
  const count = await db.schedule.count({ where: { tenantId, deletedAt: null } });
  const { perTenant } = SCHEDULE_LIMITS;
  if (count + more <= perTenant) return;
  throw new DomainError(
    'LIMIT_EXCEEDED',
    'too_many_schedules',
    `An organisation can have ${perTenant} schedules. Delete one that is not needed.`,
    { max: perTenant },
  );
}
