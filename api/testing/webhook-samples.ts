import { randomUUID } from 'node:crypto';
import type { Sample } from './sample.ts';

/** A good call of every operation on webhooks. */
export const WEBHOOK_SAMPLES: Record<'query' | 'mutation', Record<string, Sample>> = {
  query: {
    webhook: { needs: 'webhooks.read', args: ({ ids }) => ({ workflowId: ids.hooked }), names: true },
  },
  mutation: {
    rotateWebhook: {
      needs: 'webhooks.write',
      args: ({ ids }) => ({ input: { workflowId: ids.hooked, idempotencyKey: randomUUID() } }),
      names: true,
    },
    setWebhookVerification: {
      needs: 'webhooks.write',
      args: ({ ids }) => ({
        input: {
          ...{ workflowId: ids.hooked, scheme: 'GITHUB', secret: randomUUID() },
          idempotencyKey: randomUUID(),
        },
      }),
      names: true,
    },
  },
};
