import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { newTokenColumns } from './webhook-token.ts';
import { lockWebhook, toWebhookView, type WebhookView } from './webhook-view.ts';

/** Gives a webhook a new address; the old one stops at once. Throws NOT_FOUND. */
export const rotateWebhook = verb({
  action: 'webhook.rotate',
  permission: 'webhooks.write',
  input: z.strictObject({ workflowId: idField }),
  run: async ({ db, tenantId, keyring, target }, { workflowId }): Promise<WebhookView> => {
    const { id } = await lockWebhook(db, tenantId, workflowId);
    const columns = await newTokenColumns(db, { tenantId, keyring, webhookId: id });
    const row = await db.webhook.update({
      where: { tenantId_id: { tenantId, id } },
      data: { ...columns, rotatedAt: new Date() },
    });
    target(id, { workflowId });
    return toWebhookView(row);
  },
});
