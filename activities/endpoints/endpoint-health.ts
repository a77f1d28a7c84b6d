import type { Db } from '../../prisma/database.ts';
import { isToBeGivenUp } from '../../workflows/endpoints/give-up-endpoint.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import { appendAudit } from '../audit.ts';
import { findDefaultMailConnection } from '../connections/index.ts';

/** Which endpoint. */
export interface EndpointKey {
  tenantId: TenantId;
  endpointId: string;
}

/** Why an endpoint is off after it answered 410. Standard Webhooks 1.0.0: it wants to be told of nothing more. */
export const GONE = 'It answered 410 Gone.';

/** Notes that something arrived. */
export async function noteArrival(db: Db, { tenantId, endpointId: id }: EndpointKey): Promise<void> {
  await db.endpoint.updateMany({
    where: { tenantId, id, failingSince: { not: null } },
    data: { failingSince: null, lostDeliveries: 0 },
  });
}

/** Notes an attempt that failed; gives why the endpoint is to be switched off, or null while it is not. */
export async function noteFailure(
  db: Db,
  { tenantId, endpointId }: EndpointKey,
  { at, isLast, httpStatus }: { at: Date; isLast: boolean; httpStatus: number | null },
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ failingSince: Date; lostDeliveries: number }[]>`
    UPDATE endpoint SET failing_since = COALESCE(failing_since, ${at}),
      lost_deliveries = lost_deliveries + ${isLast ? 1 : 0}
    WHERE tenant_id = ${tenantId}::uuid AND id = ${endpointId}::uuid
    RETURNING failing_since AS "failingSince", lost_deliveries AS "lostDeliveries"`;
  if (httpStatus === 410) return GONE;
  if (!row) return null;
  const { lostDeliveries } = row;
  if (!isToBeGivenUp({ failingSince: row.failingSince.getTime(), lostDeliveries }, Date.now())) return null;
  const since = row.failingSince.toISOString().slice(0, 16).replace('T', ' ');
  return `Nothing arrived since ${since} UTC, and ${lostDeliveries} events were given up.`;
}

/** Switches an endpoint off at a point in time. False when it is off already. Call it last: it writes an audit row. */
export async function switchOff(
  db: Db,
  { tenantId, endpointId: id }: EndpointKey,
  { at, reason }: { at: Date; reason: string },
): Promise<boolean> {
  const { count } = await db.endpoint.updateMany({
    where: { tenantId, id, disabledAt: null, deletedAt: null },
    data: { disabledAt: at, disabledReason: reason },
  });
  if (count === 0) return false;
  await appendAudit(db, {
    actor: { kind: 'system', name: 'deliveries' },
    ...{ action: 'endpoint.disable', target: id, requestId: null, details: { reason } },
  });
  return true;
}

/** Who is written to when an endpoint was switched off: owners and admins, where there is a mail connection. */
export async function peopleToTell(db: Db, tenantId: TenantId): Promise<PersonId[]> {
  if ((await findDefaultMailConnection(db, tenantId)) === null) return [];
  const members = await db.member.findMany({
    where: { tenantId, roles: { hasSome: ['owner', 'admin'] } },
    select: { personId: true },
    orderBy: { personId: 'asc' },
  });
  return members.map(({ personId }) => personId as PersonId);
}
