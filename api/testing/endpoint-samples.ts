import { randomUUID } from 'node:crypto';
import { ENDPOINT } from '../../activities/endpoints/testing.ts';
import type { Sample } from './sample.ts';

/** A good call of every operation on endpoints. */
export const ENDPOINT_SAMPLES: Record<'query' | 'mutation', Record<string, Sample>> = {
  query: {
    endpoint: { needs: 'webhooks.read', args: ({ ids }) => ({ id: ids.endpoint }), names: true },
    endpointDeliveries: { needs: 'webhooks.read', args: () => ({}) },
    endpoints: { needs: 'webhooks.read', args: () => ({}) },
  },
  mutation: {
    createEndpoint: {
      needs: 'webhooks.write',
      args: () => ({ input: { ...ENDPOINT, idempotencyKey: randomUUID() } }),
    },
    updateEndpoint: {
      needs: 'webhooks.write',
      args: ({ ids }) => ({
        input: {
          ...{ endpointId: ids.endpoint, url: null, description: 'Renamed', eventTypes: ['run.failed'] },
          enabled: true,
        },
      }),
      names: true,
    },
    replayDelivery: {
      needs: 'webhooks.write',
      args: ({ ids }) => ({ input: { deliveryId: ids.delivery, idempotencyKey: randomUUID() } }),
      names: true,
    },
    rotateEndpointSecret: {
      needs: 'webhooks.write',
      args: ({ ids }) => ({
        input: { endpointId: ids.endpoint, overlapSeconds: 60, idempotencyKey: randomUUID() },
      }),
      names: true,
    },
    deleteEndpoint: {
      needs: 'webhooks.write',
      args: ({ ids }) => ({ input: { endpointId: ids.endpoint } }),
      names: true,
    },
  },
};
