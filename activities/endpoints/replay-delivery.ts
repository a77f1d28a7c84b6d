import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { toDeliveryView, type DeliveryView } from './delivery-view.ts';
import { lockEndpoint } from './find-endpoint.ts';
import { startDelivery } from './start-delivery.ts';

/**
 * Sends an event again, under the id that it had, so that a receiver can know it. Throws NOT_FOUND,
 * PRECONDITION_FAILED `delivery_pending` while the first one is still on its way, `endpoint_disabled`.
 */
export const replayDelivery = verb({
  action: 'delivery.replay',
  permission: 'webhooks.write',
  input: z.strictObject({ deliveryId: idField }),
  run: async ({ db, tenantId, target, dispatch }, { deliveryId }): Promise<DeliveryView> => {
    const past = await db.endpointDelivery.findFirst({ where: { tenantId, id: deliveryId } });
    if (!past) throw new DomainError('NOT_FOUND', 'delivery_not_found', 'There is no such delivery.');
    await lockEndpoint(db, tenantId, past.endpointId);
    const endpoint = await db.endpoint.findFirstOrThrow({ where: { tenantId, id: past.endpointId } });
    if (endpoint.disabledAt !== null)
      throw new DomainError(
        'PRECONDITION_FAILED',
        'endpoint_disabled',
        'This endpoint is switched off. Switch it on first.',
      );
    if (past.status === 'PENDING')
      throw new DomainError(
        'PRECONDITION_FAILED',
        'delivery_pending',
        'This event is still on its way: it is tried again by itself.',
      );
    const { endpointId, eventId, eventType } = past;
    const { id, message } = await startDelivery(db, tenantId, {
      ...{ endpointId, eventId, eventType, replayOf: past.id },
      payload: past.payload as JsonObject,
    });
    dispatch([message]);
    target(id, { endpointId, replayOf: past.id });
    return toDeliveryView(await db.endpointDelivery.findFirstOrThrow({ where: { tenantId, id } }));
  },
});
