import { isJsonObject, type Json } from '../json.ts';
import type { CallHeaders } from './call-input.ts';
import type { CallProblem, WebhookScheme } from './model.ts';

/** The longest key that a sender may give, in characters. */
const MAX_KEY = 255;

/**
 * By what a repetition of a call is known, or null when the sender gave nothing: an id that the signature covers,
 * else the header `Idempotency-Key`, else the id in a header of the provider. A signed id comes first, since somebody
 * who replays a captured call can change every header that is not signed.
 */
export function eventKey(
  scheme: WebhookScheme,
  headers: CallHeaders,
  body: Json,
): { key: string | null } | CallProblem {
  const found = [
    signedId(scheme, headers, body),
    ...NAMES.map((name) => ({ name, value: headers[name] })),
  ].find((one) => typeof one?.value === 'string' && one.value !== '');
  if (!found) return { key: null };
  const value = String(found.value);
  if (value.length <= MAX_KEY) return { key: `${found.name}:${value}` };
  return {
    status: 400,
    reason: 'event_key_length',
    message: `The ${found.name} of a call may have ${MAX_KEY} characters.`,
  };
}

const NAMES = ['idempotency-key', 'webhook-id', 'x-github-delivery'] as const;

function signedId(scheme: WebhookScheme, headers: CallHeaders, body: Json) {
  if (scheme === 'standard_webhooks') return { name: 'webhook-id', value: headers['webhook-id'] };
  if (scheme === 'stripe' && isJsonObject(body)) return { name: 'id', value: body['id'] };
  return null;
}
