import { z } from 'zod';
import { DELIVERY_STATUSES } from '../../workflows/endpoints/model.ts';
import { idField } from '../input-fields.ts';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import {
  toAttemptView,
  toDeliveryView,
  type DeliveryAttemptView,
  type DeliveryView,
} from './delivery-view.ts';

/** Deliveries, newest first: of one endpoint, with one status, or all of the tenant. */
export const listDeliveries = query({
  permission: 'webhooks.read',
  input: z.strictObject({
    ...pageFields,
    endpointId: idField.nullish(),
    status: z.enum(DELIVERY_STATUSES).nullish(),
  }),
  run: async ({ db, tenantId }, { first, after, endpointId, status }): Promise<Page<DeliveryView>> => {
    const rows = await db.endpointDelivery.findMany({
      where: {
        tenantId,
        ...(endpointId == null ? {} : { endpointId }),
        ...(status == null ? {} : { status }),
        ...afterCursor('createdAt', readCursor(after)),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    return toPage(rows, first, { at: (row) => row.createdAt, node: toDeliveryView });
  },
});

/** The attempts of several deliveries, by delivery, first attempt first. */
export const attemptsOfDeliveries = query({
  permission: 'webhooks.read',
  input: z.strictObject({ deliveryIds: z.array(idField) }),
  run: async ({ db, tenantId }, { deliveryIds }): Promise<Map<string, DeliveryAttemptView[]>> => {
    const rows = await db.endpointAttempt.findMany({
      where: { tenantId, deliveryId: { in: deliveryIds } },
      orderBy: { number: 'asc' },
    });
    return new Map(
      deliveryIds.map((id) => [id, rows.filter((row) => row.deliveryId === id).map(toAttemptView)]),
    );
  },
});
