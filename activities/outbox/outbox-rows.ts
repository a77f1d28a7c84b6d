import type { Database } from '../../prisma/database.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import { subjectOf, type OutboxMessage, type QueuedMessage } from '../context.ts';

/** A message that this process may send until its lease ends. `attempts` counts this attempt too. */
export interface Claimed extends QueuedMessage {
  attempts: number;
}

/** Which message. */
export interface MessageKey {
  tenantId: TenantId;
  id: string;
}
interface ClaimedRow {
  id: string;
  payload: OutboxMessage;
  attempts: number;
}

/** A blocked message looks again this long after the one before it is due, in milliseconds. */
const BLOCKED_MS = 1_000;

// The outbox is nearly always empty, and its statistics say so when a burst comes. No statement here joins it with
// itself, therefore: each row is found by its key or by the index (tenant_id, subject_id, number), whatever the planner thinks.

/**
 * Takes a message for `leaseMs` milliseconds: one that is due, or with `fresh` one that nobody has tried yet. Null when
 * another process has it, when it is gone, or while an earlier message of the same subject is still waiting; then it is
 * put off until after that one. The clock is the database's.
 */
export async function claimMessage(
  database: Database,
  { tenantId, id }: MessageKey,
  { fresh, leaseMs }: { fresh: boolean; leaseMs: number },
): Promise<Claimed | null> {
  const [row] = await database.withTenant(
    tenantId,
    (db) => db.$queryRaw<(ClaimedRow & { isFirst: boolean })[]>`
      WITH mine AS (
        SELECT number, subject_id FROM outbox
        WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND failed_at IS NULL
          AND (next_at <= clock_timestamp() OR (${fresh} AND attempts = 0))
        FOR UPDATE SKIP LOCKED
      ), ahead AS (
        SELECT (
          SELECT o.next_at FROM outbox o
          WHERE o.tenant_id = ${tenantId}::uuid AND o.subject_id = mine.subject_id AND o.number < mine.number
            AND o.failed_at IS NULL
          ORDER BY o.number LIMIT 1
        ) AS next_at FROM mine
      )
      UPDATE outbox o SET
        attempts = o.attempts + CASE WHEN ahead.next_at IS NULL THEN 1 ELSE 0 END,
        next_at = CASE WHEN ahead.next_at IS NULL
          THEN clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
          ELSE greatest(ahead.next_at, clock_timestamp()) + make_interval(secs => ${BLOCKED_MS / 1_000}) END
      FROM ahead WHERE o.tenant_id = ${tenantId}::uuid AND o.id = ${id}::uuid
      RETURNING o.id, o.payload, o.attempts, ahead.next_at IS NULL AS "isFirst"`,
  );
  return row?.isFirst ? toClaimed(tenantId, row) : null;
}

/** Removes a message that arrived and takes the next one of the same subject, if one waits. */
export async function finishMessage(
  database: Database,
  { tenantId, id, message }: Claimed,
  leaseMs: number,
): Promise<Claimed | null> {
  const [row] = await database.withTenant(
    tenantId,
    (db) => db.$queryRaw<ClaimedRow[]>`
      WITH gone AS (
        DELETE FROM outbox WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid RETURNING id
      ), next AS (
        SELECT o.id FROM outbox o
        WHERE o.tenant_id = ${tenantId}::uuid AND o.subject_id = ${subjectOf(message)}::uuid AND o.failed_at IS NULL
          AND o.id <> ${id}::uuid AND EXISTS (SELECT FROM gone)
        ORDER BY o.number LIMIT 1 FOR UPDATE OF o
      )
      UPDATE outbox o SET attempts = o.attempts + 1,
        next_at = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
      WHERE o.tenant_id = ${tenantId}::uuid AND o.id = (SELECT id FROM next)
        AND (o.attempts = 0 OR o.next_at <= clock_timestamp())
      RETURNING o.id, o.payload, o.attempts`,
  );
  return row ? toClaimed(tenantId, row) : null;
}

/** Puts a message that did not arrive off by `delayMs` milliseconds, or sets it aside for good. Keeps the reason. */
export async function postponeMessage(
  database: Database,
  { tenantId, id, attempts }: Claimed,
  failure: { error: string; delayMs: number; forGood: boolean },
): Promise<void> {
  await database.withTenant(
    tenantId,
    (db) => db.$executeRaw`
      UPDATE outbox SET error = ${failure.error}, attempts = greatest(attempts, ${attempts}),
        next_at = clock_timestamp() + make_interval(secs => ${failure.delayMs / 1_000}),
        failed_at = CASE WHEN ${failure.forGood} THEN clock_timestamp() END
      WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`,
  );
}

/** True while the run has not begun: it was written, and its execution is still to come. */
export async function isQueued(database: Database, tenantId: TenantId, runId: RunId): Promise<boolean> {
  const count = await database.withTenant(tenantId, (db) =>
    db.run.count({ where: { tenantId, id: runId, status: 'QUEUED' } }),
  );
  return count > 0;
}

function toClaimed(tenantId: TenantId, { id, payload, attempts }: ClaimedRow): Claimed {
  return { tenantId, id, message: payload, attempts };
}
