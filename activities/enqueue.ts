import { randomUUID } from 'node:crypto';
import type { Db } from '../prisma/database.ts';
import type { TenantId } from '../workflows/ids.ts';
import { subjectOf, type OutboxMessage, type QueuedMessage } from './context.ts';

/** How long the process that wrote a message has to send it before a worker's sweep does, in seconds. */
const HEAD_START_SECONDS = 3;

/**
 * Writes a message for Temporal into the open transaction. Give the result to a dispatcher after the commit, so that
 * it leaves at once; a sweep sends it otherwise.
 */
export async function enqueue(db: Db, tenantId: TenantId, message: OutboxMessage): Promise<QueuedMessage> {
  const id = randomUUID();
  // Number and times are taken at this statement, after any lock that the caller waited for, and not at the start of
  // the transaction: messages of one subject are sent in the order of their numbers.
  await db.$executeRaw`
    INSERT INTO outbox (tenant_id, id, kind, subject_id, payload, created_at, next_at)
    VALUES (${tenantId}::uuid, ${id}::uuid, ${message.kind}, ${subjectOf(message)}::uuid,
            ${JSON.stringify(message)}::jsonb, clock_timestamp(),
            clock_timestamp() + make_interval(secs => ${HEAD_START_SECONDS}))`;
  return { tenantId, id, message };
}
