import type { Db } from '../../prisma/database.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';
import { OPEN } from './run-state.ts';
import type { TakenRun } from './take-run.ts';

/**
 * Tells the run that called this one, and waits for it, that it is over. Nobody is told when there is no such run, or
 * when it is over itself. Gives what is to be sent after the commit.
 */
export async function tellParent(
  db: Db,
  { tenantId, runId }: RunKey,
  { parentRunId, startedBy }: TakenRun,
): Promise<QueuedMessage[]> {
  const isWaitedFor = (startedBy as { waits?: unknown }).waits === true;
  const parent = isWaitedFor ? (parentRunId as RunId | null) : null;
  if (!parent || !(await db.run.count({ where: { tenantId, id: parent, status: OPEN } }))) return [];
  return [await enqueue(db, tenantId, { kind: 'childEnded', runId: parent, childRunId: runId })];
}
