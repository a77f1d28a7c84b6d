import { createHmac, randomUUID } from 'node:crypto';

/** The ways in which senders sign their calls, as the API names them. */
export const WEBHOOK_SCHEMES = ['NONE', 'HMAC_SHA256', 'STANDARD_WEBHOOKS', 'STRIPE', 'GITHUB'] as const;
export type WebhookScheme = (typeof WEBHOOK_SCHEMES)[number];

/** A call to be signed. `now` is Unix time in milliseconds. */
export interface UnsignedCall {
  body: string;
  secret: string;
  now: number;
}

/** The headers with which a sender of this scheme signs a call. */
export function signingHeaders(
  scheme: WebhookScheme,
  { body, secret, now }: UnsignedCall,
): Record<string, string> {
  const seconds = Math.floor(now / 1000);
  const hex = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
  switch (scheme) {
    case 'NONE':
      return {};
    case 'HMAC_SHA256':
      return { 'x-signature': `sha256=${hex(body)}` };
    case 'GITHUB':
      return { 'x-hub-signature-256': `sha256=${hex(body)}` };
    case 'STRIPE':
      return { 'stripe-signature': `t=${seconds},v1=${hex(`${seconds}.${body}`)}` };
    case 'STANDARD_WEBHOOKS': {
      const id = `msg_${randomUUID()}`;
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
      return {
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': `v1,${signature}`,
      };
    }
  }
}
