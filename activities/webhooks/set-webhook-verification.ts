import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { WEBHOOK_SCHEMES, type WebhookScheme } from '../../workflows/webhooks/model.ts';
import { idField, textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { standardWebhooksKey } from './verify-signature.ts';
import { sealSecret } from './webhook-token.ts';
import { lockWebhook, toWebhookView, type WebhookView } from './webhook-view.ts';

/** The shortest secret, in characters: a shorter one could be found by trying. */
const MIN_SECRET = 16;

/**
 * Says how calls of a webhook prove where they come from. Each scheme but `none` needs its secret, which replaces
 * the one before at once. Throws NOT_FOUND, and INVALID `secret_required`, `secret_unusable` or `secret_not_needed`.
 */
export const setWebhookVerification = verb({
  action: 'webhook.verification',
  permission: 'webhooks.write',
  secret: true,
  input: z.strictObject({
    workflowId: idField,
    scheme: z.enum(WEBHOOK_SCHEMES),
    secret: textField(500).nullish(),
  }),
  run: async ({ db, tenantId, keyring, target }, input): Promise<WebhookView> => {
    const { workflowId, scheme } = input;
    const { id } = await lockWebhook(db, tenantId, workflowId);
    const usable = checkedSecret(scheme, input.secret ?? null);
    const secret =
      usable === null ? null : await sealSecret(db, { tenantId, keyring, webhookId: id }, usable);
    const row = await db.webhook.update({
      where: { tenantId_id: { tenantId, id } },
      data: { scheme, secret },
    });
    target(id, { workflowId, scheme });
    return toWebhookView(row);
  },
});

function checkedSecret(scheme: WebhookScheme, secret: string | null): string | null {
  if (scheme === 'none') {
    if (secret === null) return null;
    throw refusal('secret_not_needed', 'Without signatures there is no secret. Leave it out.');
  }
  if (secret === null)
    throw refusal('secret_required', 'Send the secret with which the sender signs its calls.');
  if (scheme === 'standard_webhooks' && standardWebhooksKey(secret) === null)
    throw refusal('secret_unusable', 'Send the secret as "whsec_" and base64 of 24 to 64 bytes.');
  if (secret.length < MIN_SECRET)
    throw refusal('secret_unusable', `Use a secret of at least ${MIN_SECRET} characters.`);
  return secret;
}

function refusal(reason: string, message: string): DomainError {
  return new DomainError('INVALID', reason, `secret: ${message}`, { field: 'secret' });
}
