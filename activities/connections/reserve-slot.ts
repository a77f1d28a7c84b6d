import type { Db } from '../../prisma/database.ts';
import type { RateLimit } from '../../workflows/connections/rate-limit.ts';
import type { TenantId } from '../../workflows/ids.ts';

/** A connection by its name, and the limit that its settings give. */
export interface Paced extends RateLimit {
  name: string;
}

/**
 * Takes the next slot of a connection, for all workers together: null when it is now, else when it is, in milliseconds
 * since 1970. A slot that nobody uses is lost.
 *
 * The generic cell rate algorithm: slots lie `perSeconds / requests` apart, and `next_at` is the end of the last slot.
 * One that begins up to `perSeconds` before that end may be used at once, so that `requests` fit into a burst.
 */
export async function reserveSlot(
  db: Db,
  tenantId: TenantId,
  { name, requests, perSeconds }: Paced,
): Promise<number | null> {
  const apart = Math.floor((perSeconds * 1_000_000) / requests);
  const [slot] = await db.$queryRaw<{ due: number; now: number }[]>`
    INSERT INTO connection_pace AS pace (tenant_id, connection_id, next_at)
    SELECT c.tenant_id, c.id, clock_timestamp() + ${apart}::float8 * interval '1 microsecond'
    FROM connection c WHERE c.tenant_id = ${tenantId}::uuid AND c.name = ${name}
    ON CONFLICT (tenant_id, connection_id) DO UPDATE
      SET next_at = GREATEST(pace.next_at, clock_timestamp()) + ${apart}::float8 * interval '1 microsecond'
    RETURNING (extract(epoch FROM pace.next_at) * 1000)::float8 - ${perSeconds * 1000}::float8 AS due,
      (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`;
  // No row: the connection was deleted a moment ago, and what follows will say so.
  return !slot || slot.due <= slot.now ? null : Math.ceil(slot.due);
}

/** Forgets which slots are taken: they were counted by a limit that no longer holds. */
export async function forgetSlots(db: Db, tenantId: TenantId, connectionId: string): Promise<void> {
  await db.connectionPace.deleteMany({ where: { tenantId, connectionId } });
}
