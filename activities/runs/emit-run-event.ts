import type { Db, Prisma } from '../../prisma/database.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { QueuedMessage } from '../context.ts';
import { emitEvent, runEvent } from '../endpoints/index.ts';

/** The columns that an event is made of. */
export const RUN_FACTS = {
  ...{ tenantId: true, id: true, workflowId: true, workflowName: true, version: true },
  ...{ status: true, trigger: true, error: true, test: true },
} satisfies Prisma.RunSelect;

/** Tells endpoints of the status that a run has come to. Nobody is told of test runs. */
export async function emitRunEvent(
  db: Db,
  run: Prisma.RunGetPayload<{ select: typeof RUN_FACTS }>,
): Promise<QueuedMessage[]> {
  const event = run.test === null ? runEvent(run) : null;
  return event ? emitEvent(db, run.tenantId as TenantId, event) : [];
}
