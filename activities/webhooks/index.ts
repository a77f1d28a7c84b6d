export type { IncomingCall } from './check-call.ts';
export { findHook } from './find-hook.ts';
export { getWebhook, webhookTokens } from './get-webhook.ts';
export { listWebhookDeliveries, type WebhookDeliveryView } from './list-webhook-deliveries.ts';
export { logRefusal, receiveCall, type Received } from './receive-call.ts';
export { rotateWebhook } from './rotate-webhook.ts';
export { setWebhookVerification } from './set-webhook-verification.ts';
export { syncWebhook } from './sync-webhook.ts';
export type { WebhookView } from './webhook-view.ts';
