import type { Db } from '../../prisma/database.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { QueuedMessage } from '../context.ts';

/** What follows from the end of a run, in the transaction that wrote it. Gives what is to be sent after the commit. */
export async function afterRunEnd(db: Db, { tenantId, runId }: RunKey): Promise<QueuedMessage[]> {
  await db.run.findFirstOrThrow({ where: { tenantId, id: runId } });
  return [];
}
