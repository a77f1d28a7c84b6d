import type { Prisma } from '../../prisma/database.ts';
import type { RunTools } from '../verb.ts';
import { wantedOf, type ScheduleRow } from './schedule-view.ts';

/** Writes a change of a locked schedule, and the message that makes Temporal's schedule follow. */
export async function changeSchedule(
  { db, tenantId, enqueue }: Pick<RunTools, 'db' | 'tenantId' | 'enqueue'>,
  { id }: ScheduleRow,
  data: Prisma.ScheduleUpdateManyMutationInput,
): Promise<ScheduleRow> {
  await db.schedule.updateMany({
    where: { tenantId, id },
    data: { ...data, revision: { increment: 1 }, updatedAt: new Date() },
  });
  const row = await db.schedule.findFirstOrThrow({ where: { tenantId, id } });
  await enqueue({ kind: 'syncSchedule', scheduleId: id, wanted: wantedOf(row) });
  return row;
}
