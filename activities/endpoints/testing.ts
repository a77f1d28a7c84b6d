import { randomUUID } from 'node:crypto';
import type { TestHouse, TestTenant } from '../testing.ts';
import { createEndpoint } from './create-endpoint.ts';
import { emitEvent } from './emit-event.ts';

/** What a test makes an endpoint of. */
export const ENDPOINT = {
  url: 'https://hooks.example/levqor',
  description: 'For tests',
  eventTypes: ['run.failed' as const],
};

/** An endpoint with a delivery that has arrived. */
export async function deliveredEvent(house: Pick<TestHouse, 'database'>, tenant: TestTenant) {
  const { tenantId } = tenant;
  const { endpoint } = await createEndpoint(tenant.as('owner'), ENDPOINT);
  const deliveryId = await house.database.withTenant(tenantId, async (db) => {
    await emitEvent(db, tenantId, { type: 'run.failed', data: { note: randomUUID() } });
    const { id } = await db.endpointDelivery.findFirstOrThrow({ where: { endpointId: endpoint.id } });
    await db.endpointDelivery.updateMany({
      where: { id },
      data: { status: 'DELIVERED', finishedAt: new Date() },
    });
    return id;
  });
  return { endpointId: endpoint.id, deliveryId };
}
