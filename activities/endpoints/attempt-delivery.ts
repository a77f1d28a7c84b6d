import type { Database, Db } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { DeliveryKey, DeliveryStep, EndpointActivities } from '../../workflows/endpoints/activities.ts';
import { retryWait } from '../../workflows/endpoints/retry-schedule.ts';
import { globalId } from '../../workflows/ids.ts';
import type { Egress } from '../egress/index.ts';
import { openEndpointSecrets, signatureHeaders, type EndpointSecret } from './endpoint-secrets.ts';
import { postEvent, type PostResult } from './post-event.ts';

/** What deliveries need of a worker. */
export interface EndpointClients {
  database: Database;
  keyring: Keyring;
  egress: Egress;
}

type Attempt = Parameters<EndpointActivities['attemptDelivery']>[0];

/** What Temporal may call to deliver events, over the clients of one worker. */
export function endpointActivities(clients: EndpointClients): EndpointActivities {
  return { attemptDelivery: attemptDelivery(clients) };
}

// Between sending and writing down there is a moment in which the worker can die: the attempt is made again then, under
// the same `webhook-id`.
function attemptDelivery({ database, keyring, egress }: EndpointClients) {
  return async (attempt: Attempt): Promise<DeliveryStep> => {
    const { tenantId } = attempt;
    const found = await database.withTenant(tenantId, (db) => readForAttempt(db, attempt, keyring));
    if ('step' in found) return found.step;
    const { url, body, eventId, secrets } = found;
    const startedAt = new Date();
    const timestamp = Math.floor(startedAt.getTime() / 1000);
    const headers = signatureHeaders({ id: globalId('event', eventId), timestamp, body }, secrets);
    const result = await postEvent(egress, { url, body, headers });
    return database.withTenant(tenantId, (db) => writeAttempt(db, attempt, { startedAt, result }));
  };
}

interface Sendable {
  url: string;
  body: string;
  eventId: string;
  secrets: EndpointSecret[];
}

async function readForAttempt(
  db: Db,
  { tenantId, deliveryId, number }: Attempt,
  keyring: Keyring,
): Promise<Sendable | { step: DeliveryStep }> {
  const delivery = await db.endpointDelivery.findFirst({ where: { tenantId, id: deliveryId } });
  if (!delivery || delivery.status !== 'PENDING') return { step: { done: true } };
  if (delivery.attempts >= number) return { step: { done: false, nextAt: delivery.nextAt?.getTime() ?? 0 } };
  const endpoint = await db.endpoint.findFirst({
    where: { tenantId, id: delivery.endpointId, deletedAt: null, disabledAt: null },
  });
  if (!endpoint) {
    await finish(db, { tenantId, deliveryId }, 'CANCELLED');
    return { step: { done: true } };
  }
  return {
    url: endpoint.url,
    body: JSON.stringify(delivery.payload),
    eventId: delivery.eventId,
    secrets: await openEndpointSecrets(db, { tenantId, keyring }, endpoint),
  };
}

async function writeAttempt(
  db: Db,
  attempt: Attempt,
  { startedAt, result }: { startedAt: Date; result: PostResult },
): Promise<DeliveryStep> {
  const { tenantId, deliveryId, number, random } = attempt;
  const { httpStatus, error, response, retryAfterSeconds } = result;
  await db.endpointAttempt.createMany({
    data: [
      {
        ...{ tenantId, deliveryId, number, at: startedAt, durationMs: Date.now() - startedAt.getTime() },
        ...{ httpStatus, error, response },
      },
    ],
    skipDuplicates: true,
  });
  await db.endpointDelivery.updateMany({ where: { tenantId, id: deliveryId }, data: { attempts: number } });
  if (result.arrived) return finish(db, attempt, 'DELIVERED');
  if (httpStatus === 410) await disableEndpoint(db, attempt);
  const wait = httpStatus === 410 ? null : retryWait({ number, retryAfterSeconds, random });
  if (wait === null) return finish(db, attempt, 'FAILED');
  const nextAt = new Date(Date.now() + wait * 1000);
  await db.endpointDelivery.updateMany({ where: { tenantId, id: deliveryId }, data: { nextAt } });
  return { done: false, nextAt: nextAt.getTime() };
}

async function finish(
  db: Db,
  { tenantId, deliveryId }: DeliveryKey,
  status: 'DELIVERED' | 'FAILED' | 'CANCELLED',
): Promise<DeliveryStep> {
  await db.endpointDelivery.updateMany({
    where: { tenantId, id: deliveryId, status: 'PENDING' },
    data: { status, finishedAt: new Date(), nextAt: null },
  });
  return { done: true };
}

// Standard Webhooks 1.0.0: an endpoint that answers 410 Gone wants to be told of nothing more.
async function disableEndpoint(db: Db, { tenantId, deliveryId }: DeliveryKey): Promise<void> {
  const { endpointId } = await db.endpointDelivery.findFirstOrThrow({ where: { tenantId, id: deliveryId } });
  await db.endpoint.updateMany({
    where: { tenantId, id: endpointId, disabledAt: null },
    data: { disabledAt: new Date(), disabledReason: 'It answered 410 Gone.' },
  });
}
