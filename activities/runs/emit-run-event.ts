import type { Db, Prisma } from '../../prisma/database.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { QueuedMessage } from '../context.ts';
import { emitEvent, runEvent } from '../endpoints/index.ts';

/** Tells endpoints of the status that a run has come to. Nobody is told of test runs. */
export async function emitRunEvent(db: Db, run: Prisma.RunGetPayload<object>): Promise<QueuedMessage[]> {
  const event = run.test === null ? runEvent(run) : null;
  return event ? emitEvent(db, run.tenantId as TenantId, event) : [];
}
