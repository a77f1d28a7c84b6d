import type { Db } from '../prisma/database.ts';
import type { Json } from '../workflows/json.ts';
import type { Actor } from './context.ts';

/** One row of the audit chain. `target` is the id of what it is about; `details` never holds a secret. */
export interface AuditEntry {
  actor: Actor;
  /** `approval.request`: the thing and the act. */
  action: string;
  target: string | null;
  requestId: string | null;
  details?: Json;
}

/**
 * Adds a row to the tenant's audit chain, inside the open transaction.
 * Call it last: the head of the chain stays locked from here to the commit.
 */
export async function appendAudit(db: Db, entry: AuditEntry): Promise<void> {
  const details =
    entry.details === undefined || entry.details === null ? null : JSON.stringify(entry.details);
  await db.$executeRaw`SELECT audit_append(${JSON.stringify(entry.actor)}::jsonb, ${entry.action}, ${entry.target}, ${entry.requestId}, ${details}::jsonb)`;
}
