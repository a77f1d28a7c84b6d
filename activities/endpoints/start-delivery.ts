import { randomUUID } from 'node:crypto';
import type { Db } from '../../prisma/database.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';

/** One event for one endpoint. */
export interface NewDelivery {
  endpointId: string;
  eventId: string;
  eventType: string;
  payload: JsonObject;
  /** The delivery that this one repeats. */
  replayOf?: string;
}

/** Writes a delivery and the message that starts it. */
export async function startDelivery(
  db: Db,
  tenantId: TenantId,
  delivery: NewDelivery,
): Promise<{ id: string; message: QueuedMessage }> {
  const id = randomUUID();
  await db.endpointDelivery.create({
    data: { tenantId, id, ...delivery },
  });
  return { id, message: await enqueue(db, tenantId, { kind: 'startDelivery', deliveryId: id }) };
}
