import type { Db } from '../../prisma/database.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { QueuedMessage } from '../context.ts';
import { emitRunEvent, RUN_FACTS } from './emit-run-event.ts';

/** Marks a QUEUED run RUNNING and tells endpoints; gives what is to be sent. Called again, it changes nothing. */
export async function markRunning(
  db: Db,
  { tenantId, runId }: RunKey,
  startedAt: Date,
): Promise<QueuedMessage[]> {
  const [run] = await db.run.updateManyAndReturn({
    where: { tenantId, id: runId, status: 'QUEUED' },
    data: { status: 'RUNNING', startedAt },
    select: RUN_FACTS,
  });
  return run ? emitRunEvent(db, run) : [];
}
