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
  const names = NAMES.map((name) => ({ name, value: headers[name] }));
  for (const { name, value } of [signedId(scheme, headers, body), ...names]) {
    if (typeof value !== 'string' || value === '') continue;
    return value.length <= MAX_KEY ? { key: `${name}:${value}` } : tooLong(name);
  }
  return { key: null };
}

function tooLong(name: string): CallProblem {
  return {
    status: 400,
    reason: 'event_key_length',
    message: `The ${name} of a call may have ${MAX_KEY} characters.`,
  };
}

const NAMES = ['idempotency-key', 'webhook-id', 'x-github-delivery'] as const;

function signedId(scheme: WebhookScheme, headers: CallHeaders, body: Json) {
  if (scheme === 'standard_webhooks') return { name: 'webhook-id', value: headers['webhook-id'] };
  const id = scheme === 'stripe' && isJsonObject(body) ? body['id'] : null;
  return { name: 'id', value: id };
}
