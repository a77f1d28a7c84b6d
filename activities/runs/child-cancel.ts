import type { Db } from '../../prisma/database.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { ChildKey, RunKey } from '../../workflows/runs/activities.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';
import { publish } from '../publish.ts';
import type { RunDeps } from './deps.ts';
import { OPEN } from './run-state.ts';

/** Makes the activity by which a run asks one that it called to stop. False when that one is over already. */
export function cancelChildRun({ database, dispatcher }: RunDeps) {
  return async ({ tenantId, runId, childRunId }: ChildKey): Promise<boolean> => {
    const messages = await database.withTenant(tenantId, async (db) => {
      const where = { tenantId, id: childRunId, parentRunId: runId, status: OPEN };
      const child = await db.run.findFirst({ where, select: { id: true, status: true } });
      return child ? askToStop(db, { tenantId, runId: childRunId }, child.status) : null;
    });
    dispatcher.dispatch(messages ?? []);
    return messages !== null;
  };
}

/**
 * Asks the runs to stop that a run called and that end with it. It is over itself: when it was ended from outside, it
 * could not ask them. Gives what is to be sent after the commit.
 */
export async function cancelCalled(db: Db, { tenantId, runId }: RunKey): Promise<QueuedMessage[]> {
  const left = await db.run.findMany({
    where: {
      tenantId,
      parentRunId: runId,
      status: OPEN,
      startedBy: { path: ['onParentEnd'], equals: 'cancel' },
    },
    select: { id: true, status: true },
    orderBy: { id: 'asc' },
  });
  const messages: QueuedMessage[] = [];
  for (const { id, status } of left)
    messages.push(...(await askToStop(db, { tenantId, runId: id as RunId }, status)));
  return messages;
}

async function askToStop(db: Db, { tenantId, runId }: RunKey, status: string): Promise<QueuedMessage[]> {
  await db.run.updateMany({
    where: { tenantId, id: runId, status: OPEN, cancelRequestedAt: null },
    data: { cancelRequestedAt: new Date() },
  });
  await publish(db, { topic: 'run', tenantId, runId });
  // Its caller may have ended before it could start it: then it is started in order to end.
  const start = status === 'QUEUED' ? [await enqueue(db, tenantId, { kind: 'startRun', runId })] : [];
  return [...start, await enqueue(db, tenantId, { kind: 'cancelRun', runId })];
}
