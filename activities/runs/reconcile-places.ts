import type { Database } from '../../prisma/database.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';
import { admitAfterEnd } from './admission.ts';

/**
 * Gives places under limits that are free to the runs that wait for them, for each limit that one of these runs waits
 * at. The end of a run does this itself; here it is made good where that went wrong. Gives what is to be sent.
 */
export async function giveFreePlaces(
  database: Database,
  tenantId: TenantId,
  runIds: RunId[],
): Promise<QueuedMessage[]> {
  const waiting = { tenantId, status: 'QUEUED', concurrencyKey: { not: null }, admittedAt: null };
  return database.withTenant(tenantId, async (db) => {
    const gates = await db.run.findMany({
      where: { ...waiting, id: { in: runIds } },
      distinct: ['workflowId', 'concurrencyKey'],
      orderBy: [{ workflowId: 'asc' }, { concurrencyKey: 'asc' }],
      select: { tenantId: true, id: true, workflowId: true, concurrencyKey: true },
    });
    const messages: QueuedMessage[] = [];
    for (const gate of gates) {
      const { id } = gate;
      messages.push(...(await admitAfterEnd(db, gate)));
      // It tells the others that it admits, not the run by which the gate is named.
      const still = await db.run.count({ where: { ...waiting, id } });
      if (still === 0) messages.push(await enqueue(db, tenantId, { kind: 'admitRun', runId: id as RunId }));
    }
    return messages;
  });
}
