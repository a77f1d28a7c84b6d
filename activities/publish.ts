import type { Db } from '../prisma/database.ts';
import type { TenantId } from '../workflows/ids.ts';

/** What changed, for live subscribers: ids only. Subscribers read the rows themselves, under their own rights. */
export type LiveEvent =
  | {
      topic: 'run';
      tenantId: TenantId;
      runId: string;
      /** Said of the two changes that a caller may wait for: the run gave its answer, or is over. */
      news?: 'answered' | 'ended';
    }
  | { topic: 'approval'; tenantId: TenantId; approvalId: string };

/** The PostgreSQL channel that carries live events between processes. */
export const LIVE_CHANNEL = 'levqor_live';

/** Tells live subscribers of a change, when and only when the open transaction commits. */
export async function publish(db: Db, event: LiveEvent): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(event)})`;
}
