import type { Db } from '../../prisma/database.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { RUN_STATUSES, type Admission } from '../../workflows/runs/model.ts';
import { appendAudit } from '../audit.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';
import { isFinal } from './run-state.ts';

/** What runs of a workflow share: at most so many of the same key go on at once. */
interface Gate {
  tenantId: TenantId;
  workflowId: string;
  /** Empty for the one key of a workflow that names none. */
  concurrencyKey: string;
}

/** A run that asks for its place, with the limit of its own version. */
export interface PlaceWanted extends RunKey {
  workflowId: string;
  concurrencyKey: string;
  limit: number;
  whenFull: 'queue' | 'skip' | 'cancelOldest';
}

/** What came of asking, and what is to be sent to other runs after the commit. */
export interface Answer {
  /** Left out when the run has its place. */
  admission?: Admission;
  messages: QueuedMessage[];
}

/** By name, since the database finds the open runs of a tenant by an index over the status. */
const OPEN_STATUSES = RUN_STATUSES.filter((status) => !isFinal(status));
/** How many queued runs are looked at in one statement. */
const BATCH = 50;

/**
 * Gives a run its place under the limit of its workflow, puts it at the end of the queue, or turns it away. Asked
 * again it gives the answer of the moment and does nothing twice.
 */
export async function askForPlace(db: Db, wanted: PlaceWanted): Promise<Answer> {
  const { tenantId, runId, workflowId, concurrencyKey } = wanted;
  await lock(db, wanted);
  const where = { tenantId, id: runId };
  const before = await db.run.findFirstOrThrow({ where });
  // One that was closed meanwhile needs none: what it does next is refused.
  if (before.admittedAt !== null || isFinal(before.status)) return { messages: [] };
  if (await callerHasPlace(db, wanted)) {
    // No key of its own, so that the place is counted once and is given up by the caller.
    await db.run.updateMany({ where, data: { admittedAt: new Date() } });
    return { messages: [] };
  }
  const isNew = before.concurrencyKey === null;
  if (isNew) await db.run.updateMany({ where, data: { concurrencyKey } });
  const admitted = await admitNext(db, { tenantId, workflowId, concurrencyKey });
  const messages = await tell(db, wanted, admitted);
  if (admitted.includes(runId)) return { messages };
  if (wanted.whenFull === 'skip') {
    await db.run.updateMany({ where, data: { concurrencyKey: null } });
    return { admission: full(wanted), messages };
  }
  if (isNew && wanted.whenFull === 'cancelOldest') messages.push(...(await cancelOldest(db, wanted)));
  return { admission: 'queued', messages };
}

/** The columns of a run that tell its gate. */
export interface GatedRun {
  tenantId: string;
  id: string;
  workflowId: string;
  /** Null for a run that has no gate. */
  concurrencyKey: string | null;
}

/**
 * Holds the gate of a run until the end of the transaction, when it has one. Whoever changes rows of runs and gates
 * takes the gate first, so that no two wait for each other.
 */
export async function lockGateOf(db: Db, run: GatedRun): Promise<void> {
  const gate = gateOf(run);
  if (gate) await lock(db, gate);
}

/** Gives the places that the end of this run left to the runs that wait longest. Repeating it changes nothing. */
export async function admitAfterEnd(db: Db, run: GatedRun): Promise<QueuedMessage[]> {
  const gate = gateOf(run);
  if (!gate) return [];
  await lock(db, gate);
  return tell(db, { tenantId: gate.tenantId, runId: run.id as RunId }, await admitNext(db, gate));
}

function gateOf({ tenantId, workflowId, concurrencyKey }: GatedRun): Gate | null {
  return concurrencyKey === null ? null : { tenantId: tenantId as TenantId, workflowId, concurrencyKey };
}

async function lock(db: Db, { tenantId, workflowId, concurrencyKey }: Gate): Promise<void> {
  const name = `${tenantId}${workflowId}${concurrencyKey}`;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/**
 * Admits those at the head of the queue for whom there is a place, each by the limit of its own version. Strictly in
 * the order in which the runs were made: one whose limit is not met yet is overtaken by nobody, so that none waits for
 * ever. Under the gate's lock.
 */
async function admitNext(db: Db, { tenantId, workflowId, concurrencyKey }: Gate): Promise<RunId[]> {
  const admitted: RunId[] = [];
  for (;;) {
    const batch = await db.$queryRaw<{ id: RunId }[]>`
      WITH taken AS (
        SELECT count(*) AS places FROM run
        WHERE tenant_id = ${tenantId}::uuid AND workflow_id = ${workflowId}::uuid
          AND concurrency_key = ${concurrencyKey} AND status = ANY(${OPEN_STATUSES}) AND admitted_at IS NOT NULL
      ), queue AS (
        SELECT r.id, (v.definition #>> '{limits,concurrency,limit}')::int AS places,
          row_number() OVER (ORDER BY r.created_at, r.id) AS turn
        FROM run r JOIN workflow_version v
          ON v.tenant_id = r.tenant_id AND v.workflow_id = r.workflow_id AND v.number = r.version
        WHERE r.tenant_id = ${tenantId}::uuid AND r.workflow_id = ${workflowId}::uuid
          AND r.concurrency_key = ${concurrencyKey} AND r.status = 'QUEUED' AND r.admitted_at IS NULL
        ORDER BY turn LIMIT ${BATCH}
      ), next AS (
        SELECT q.id, bool_and(taken.places + q.turn <= q.places) OVER (ORDER BY q.turn) AS fits FROM queue q, taken
      )
      UPDATE run SET admitted_at = clock_timestamp() FROM next
      WHERE run.tenant_id = ${tenantId}::uuid AND run.id = next.id AND next.fits
      RETURNING run.id`;
    admitted.push(...batch.map(({ id }) => id));
    if (batch.length < BATCH) return admitted;
  }
}

/** Tells the admitted runs, all but the one that is here to hear it itself. */
async function tell(db: Db, { tenantId, runId: but }: RunKey, admitted: RunId[]): Promise<QueuedMessage[]> {
  const messages: QueuedMessage[] = [];
  for (const runId of admitted)
    if (runId !== but) messages.push(await enqueue(db, tenantId, { kind: 'admitRun', runId }));
  return messages;
}

/** A called run that had to wait for one of its own callers would wait for ever: it shares the place instead. */
async function callerHasPlace(
  db: Db,
  { tenantId, runId, workflowId, concurrencyKey }: PlaceWanted,
): Promise<boolean> {
  const found = await db.$queryRaw<unknown[]>`
    WITH RECURSIVE caller AS (
      SELECT parent_run_id AS id FROM run WHERE tenant_id = ${tenantId}::uuid AND id = ${runId}::uuid
      UNION
      SELECT r.parent_run_id FROM run r JOIN caller c ON r.id = c.id WHERE r.tenant_id = ${tenantId}::uuid
    )
    SELECT 1 FROM run r JOIN caller c ON r.id = c.id
    WHERE r.tenant_id = ${tenantId}::uuid AND r.workflow_id = ${workflowId}::uuid
      AND r.concurrency_key = ${concurrencyKey} AND r.status = ANY(${OPEN_STATUSES}) AND r.admitted_at IS NOT NULL
    LIMIT 1`;
  return found.length > 0;
}

// The oldest that nobody has asked yet, so that of many new runs each makes room for itself. Where all that go on are
// ending already, that is the run at the head of the queue: the newest are the ones that are wanted.
async function cancelOldest(db: Db, wanted: PlaceWanted): Promise<QueuedMessage[]> {
  const { tenantId, runId, workflowId, concurrencyKey, limit } = wanted;
  const others = {
    ...{ tenantId, workflowId, concurrencyKey },
    status: { in: OPEN_STATUSES },
    cancelRequestedAt: null,
    id: { not: runId },
  };
  if ((await db.run.count({ where: others })) < limit) return [];
  const oldest = await db.run.findFirstOrThrow({
    where: others,
    orderBy: [{ admittedAt: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  const cancelled = oldest.id as RunId;
  await db.run.updateMany({ where: { tenantId, id: cancelled }, data: { cancelRequestedAt: new Date() } });
  const message = await enqueue(db, tenantId, { kind: 'cancelRun', runId: cancelled });
  await appendAudit(db, {
    actor: { kind: 'workflow', runId },
    action: 'run.cancel',
    target: cancelled,
    requestId: null,
    details: { reason: 'A newer run of this workflow takes its place.', newerRun: runId },
  });
  return [message];
}

function full({ limit, concurrencyKey }: PlaceWanted): Admission {
  const many = limit === 1 ? 'Another run' : `${limit} other runs`;
  const same = concurrencyKey === '' ? 'of this workflow' : `with the key "${concurrencyKey}"`;
  return {
    status: 'CANCELLED',
    error: {
      code: 'CONCURRENCY_FULL',
      message: `${many} ${same} went on when this one was to begin, and the workflow says to skip it then.`,
      stepId: null,
      path: null,
      details: { limit, key: concurrencyKey },
    },
  };
}
