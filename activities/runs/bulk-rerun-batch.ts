import type { Database, Db, Prisma } from '../../prisma/database.ts';
import { isDatabaseAway } from '../../prisma/database-away.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { PersonId, RunId } from '../../workflows/ids.ts';
import type { LaunchStage } from '../../workflows/launch-stage.ts';
import type { BulkRerunActivities, BulkRerunKey } from '../../workflows/runs/bulk-rerun-activities.ts';
import { uuidOf } from '../../workflows/sha256.ts';
import { appendAudit } from '../audit.ts';
import type { Actor, Dispatcher, QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';
import type { Log } from '../log.ts';
import { temporalActivity, withHeartbeats, type ActivityHandle } from './activity-handle.ts';
import { beginRerun } from './begin-rerun.ts';
import { ALREADY_RERUN, isRerun } from './bulk-rerun-targets.ts';
import { prepareRerun } from './prepare-rerun.ts';

/** What a worker hands to the activities of bulk re-runs. */
export interface BulkRerunClients {
  database: Database;
  dispatcher: Dispatcher;
  log: Log;
  /** The platform's launch stage, which decides what the new runs must ask before they act. */
  launchStage: LaunchStage;
}

/** Runs that one activity starts, each in its own transaction. */
const BATCH = 20;

/** What the workflow of a bulk re-run may call. `activity` is the running one, as Temporal sees it. */
export function bulkRerunActivities(
  clients: BulkRerunClients,
  activity: () => ActivityHandle = temporalActivity,
): BulkRerunActivities {
  return { rerunBatch: (key) => withHeartbeats(activity(), () => rerunBatch(clients, key)) };
}

async function rerunBatch(clients: BulkRerunClients, key: BulkRerunKey): Promise<{ left: number }> {
  const { tenantId, bulkRerunId } = key;
  const pending = { tenantId, bulkRerunId, status: 'PENDING' };
  const items = await clients.database.withTenant(tenantId, (db) =>
    db.bulkRerunItem.findMany({ where: pending, orderBy: { runId: 'asc' }, take: BATCH }),
  );
  for (const { runId } of items) await rerunOrRefuse(clients, key, runId);
  return clients.database.withTenant(tenantId, async (db) => {
    const left = await db.bulkRerunItem.count({ where: pending });
    if (left === 0)
      await db.bulkRerun.updateMany({
        where: { tenantId, id: bulkRerunId, status: 'RUNNING' },
        data: { status: 'FINISHED', finishedAt: new Date() },
      });
    return { left };
  });
}

async function rerunOrRefuse(clients: BulkRerunClients, key: BulkRerunKey, runId: string): Promise<void> {
  const { database, dispatcher, log } = clients;
  try {
    const messages = await database.withTenant(key.tenantId, (db) => rerun(db, clients, { ...key, runId }));
    dispatcher.dispatch(messages);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    // One run that cannot be planned must not keep the others from being started.
    if (!(error instanceof DomainError))
      log.error({ ...key, runId, err: error }, 'a run could not be run again');
    const { tenantId, bulkRerunId } = key;
    await database.withTenant(tenantId, (db) =>
      db.bulkRerunItem.updateMany({
        where: { tenantId, bulkRerunId, runId, status: 'PENDING' },
        data: { status: 'REFUSED', ...refusalOf(error) },
      }),
    );
  }
}

/** Why a run was not run again, as its item keeps it. */
export function refusalOf(error: unknown): { reason: string; message: string } {
  if (error instanceof DomainError) return { reason: error.reason, message: error.message };
  return { reason: 'unexpected', message: 'Something went wrong on our side. Run this one again by itself.' };
}

/** The new run and its item in one transaction: both are there, once, or neither. */
async function rerun(
  db: Db,
  { launchStage }: BulkRerunClients,
  { tenantId, bulkRerunId, runId }: BulkRerunKey & { runId: string },
): Promise<QueuedMessage[]> {
  const newRunId = uuidOf(JSON.stringify(['bulk-rerun', bulkRerunId, runId])) as RunId;
  const { count } = await db.bulkRerunItem.updateMany({
    where: { tenantId, bulkRerunId, runId, status: 'PENDING' },
    data: { status: 'STARTED', newRunId },
  });
  if (count === 0) return [];
  // Two bulk re-runs that took the same run wait for each other here.
  await db.$queryRaw`SELECT 1 FROM run WHERE tenant_id = ${tenantId}::uuid AND id = ${runId}::uuid FOR UPDATE`;
  if (await isRerun(db, tenantId, runId))
    throw new DomainError('PRECONDITION_FAILED', ALREADY_RERUN.reason, ALREADY_RERUN.message);
  const bulk = await db.bulkRerun.findFirstOrThrow({ where: { tenantId, id: bulkRerunId } });
  const { fromStep, version, createdBy } = bulk;
  const prepared = await prepareRerun(db, tenantId, { runId, fromStep, version });
  const { message, details } = await beginRerun(
    db,
    { tenantId, runId: newRunId },
    {
      ...{ ...prepared, launchStage, bulkRerunId },
      startedBy: createdBy as Prisma.InputJsonObject,
      requesterId: bulk.requesterId as PersonId | null,
    },
  );
  const queued = await enqueue(db, tenantId, message);
  await appendAudit(db, {
    // As it was kept: without the roles, which may be others by now.
    actor: createdBy as unknown as Actor,
    ...{ action: 'run.rerun', target: newRunId, requestId: null },
    details: { ...details, bulkRerunId },
  });
  return [queued];
}
