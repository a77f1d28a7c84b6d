import { randomUUID } from 'node:crypto';
import type { Db } from '../../prisma/database.ts';
import type { EventType } from '../../workflows/endpoints/model.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { QueuedMessage } from '../context.ts';
import { startDelivery } from './start-delivery.ts';

/** Something that happened, as endpoints are told of it. `data` holds global ids and never a secret. */
export interface EmittedEvent {
  type: EventType;
  data: JsonObject;
}

/**
 * Notes an event for each endpoint that wants its type, in the open transaction. Give the messages to a dispatcher
 * after the commit. One statement when nobody wants it.
 */
export async function emitEvent(db: Db, tenantId: TenantId, event: EmittedEvent): Promise<QueuedMessage[]> {
  const endpoints = await db.endpoint.findMany({
    where: { tenantId, eventTypes: { has: event.type }, disabledAt: null, deletedAt: null },
    select: { id: true },
  });
  const eventId = randomUUID();
  const payload = { type: event.type, timestamp: new Date().toISOString(), data: event.data };
  const messages: QueuedMessage[] = [];
  for (const { id: endpointId } of endpoints) {
    const { message } = await startDelivery(db, tenantId, {
      ...{ endpointId, eventId, eventType: event.type },
      payload,
    });
    messages.push(message);
  }
  return messages;
}
