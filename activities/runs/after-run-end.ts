import type { Db } from '../../prisma/database.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { QueuedMessage } from '../context.ts';
import { admitAfterEnd } from './admission.ts';
import { cancelCalled } from './child-cancel.ts';
import { tellParent } from './child-tell-parent.ts';
import { emitRunEvent, RUN_FACTS } from './emit-run-event.ts';

/** What follows from the end of a run, in the transaction that wrote it. Gives what is to be sent after the commit. */
export async function afterRunEnd(db: Db, { tenantId, runId }: RunKey): Promise<QueuedMessage[]> {
  const run = await db.run.findFirstOrThrow({ where: { tenantId, id: runId }, select: RUN_FACTS });
  return [
    ...(await emitRunEvent(db, run)),
    ...(await admitAfterEnd(db, { tenantId, runId })),
    ...(await tellParent(db, { tenantId, runId })),
    ...(await cancelCalled(db, { tenantId, runId })),
  ];
}
