import type { Db } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { DeliveryKey, DeliveryStep, EndpointActivities } from '../../workflows/endpoints/activities.ts';
import { retryWait } from '../../workflows/endpoints/retry-schedule.ts';
import { globalId, type TenantId } from '../../workflows/ids.ts';
import type { EndpointClients } from './endpoint-clients.ts';
import { noteArrival, noteFailure, peopleToTell, switchOff } from './endpoint-health.ts';
import { sendEndpointMail } from './endpoint-mail.ts';
import { openEndpointSecrets, signatureHeaders, type EndpointSecret } from './endpoint-secrets.ts';
import { postEvent, type PostResult } from './post-event.ts';

type Attempt = Parameters<EndpointActivities['attemptDelivery']>[0];

/** What Temporal may call to deliver events, over the clients of one worker. */
export function endpointActivities(clients: EndpointClients): EndpointActivities {
  return { attemptDelivery: attemptDelivery(clients), sendEndpointMail: sendEndpointMail(clients) };
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
  if (!delivery) return { step: { done: true } };
  if (delivery.status !== 'PENDING') return { step: await endOf(db, delivery) };
  if (delivery.attempts >= number) return { step: { done: false, nextAt: delivery.nextAt?.getTime() ?? 0 } };
  const endpoint = await db.endpoint.findFirst({
    where: { tenantId, id: delivery.endpointId, deletedAt: null, disabledAt: null },
  });
  if (!endpoint) {
    await finish(db, { tenantId, deliveryId }, { status: 'CANCELLED' });
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
  const { endpointId } = await db.endpointDelivery.findFirstOrThrow({ where: { tenantId, id: deliveryId } });
  const endpoint = { tenantId, endpointId };
  if (result.arrived) {
    await noteArrival(db, endpoint);
    return finish(db, attempt, { status: 'DELIVERED' });
  }
  const wait = httpStatus === 410 ? null : retryWait({ number, retryAfterSeconds, random });
  const failure = { at: startedAt, isLast: wait === null, httpStatus };
  const reason = await noteFailure(db, endpoint, failure);
  if (reason !== null) return giveUp(db, attempt, { ...endpoint, reason });
  if (wait === null) return finish(db, attempt, { status: 'FAILED' });
  const nextAt = new Date(Date.now() + wait * 1000);
  await db.endpointDelivery.updateMany({ where: { tenantId, id: deliveryId }, data: { nextAt } });
  return { done: false, nextAt: nextAt.getTime() };
}

async function finish(
  db: Db,
  { tenantId, deliveryId }: DeliveryKey,
  end: { status: 'DELIVERED' | 'FAILED' | 'CANCELLED'; at?: Date },
): Promise<DeliveryStep> {
  await db.endpointDelivery.updateMany({
    where: { tenantId, id: deliveryId, status: 'PENDING' },
    data: { status: end.status, finishedAt: end.at ?? new Date(), nextAt: null },
  });
  return { done: true };
}

// The delivery and its endpoint end at one moment, by which a repetition knows that it was this delivery.
async function giveUp(
  db: Db,
  key: DeliveryKey,
  { endpointId, reason }: { endpointId: string; reason: string },
): Promise<DeliveryStep> {
  const at = new Date();
  const step = await finish(db, key, { status: 'FAILED', at });
  const { tenantId } = key;
  if (!(await switchOff(db, { tenantId, endpointId }, { at, reason }))) return step;
  return { done: true, tell: await peopleToTell(db, tenantId) };
}

/** What a delivery that is over came to: an attempt whose answer was lost on its way to Temporal is asked for again. */
async function endOf(
  db: Db,
  { tenantId, endpointId, finishedAt }: { tenantId: string; endpointId: string; finishedAt: Date | null },
): Promise<DeliveryStep> {
  const off = await db.endpoint.count({ where: { tenantId, id: endpointId, disabledAt: finishedAt } });
  if (off === 0 || finishedAt === null) return { done: true };
  return { done: true, tell: await peopleToTell(db, tenantId as TenantId) };
}
