import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallHeaders } from '../../workflows/webhooks/call-input.ts';
import {
  SIGNATURE_TOLERANCE_SECONDS,
  type CallProblem,
  type SigningScheme,
} from '../../workflows/webhooks/model.ts';

/** What a signature covers, and the time at which it is checked. */
export interface SignedCall {
  headers: CallHeaders;
  /** The body as it came, byte by byte. */
  bytes: Uint8Array;
  /** Milliseconds since 1970. */
  now: number;
}

/** Signatures of one call that are looked at: a sender has two keys while it changes them, hardly more. */
const MAX_SIGNATURES = 16;

/** What is wrong with the signature of a call; null when it is right. Without a secret every call is refused. */
export function signatureProblem(
  scheme: SigningScheme,
  secret: string | null,
  call: SignedCall,
): CallProblem | null {
  if (secret === null || secret === '') return problem('secret_missing', 'This webhook has no secret yet.');
  return CHECKS[scheme](secret, call);
}

/** The bytes of a Standard Webhooks key (`whsec_` and base64), or null when the text is none. */
export function standardWebhooksKey(secret: string): Buffer | null {
  const base64 = secret.replace(/^whsec_/, '');
  const bytes = Buffer.from(base64, 'base64');
  const isBase64 = bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  return isBase64 && bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
}

const CHECKS: Record<SigningScheme, (secret: string, call: SignedCall) => CallProblem | null> = {
  // https://docs.stripe.com/webhooks#verify-manually
  stripe: (secret, { headers, bytes, now }) => {
    const header = textOf(headers, 'stripe-signature');
    if (header === null) return missing('Stripe-Signature');
    const parts = header.split(',').map((part) => part.trim().split('='));
    const time = parts.find(([name]) => name === 't')?.[1];
    const given = parts.filter(([name]) => name === 'v1').map(([, value]) => value ?? '');
    if (time === undefined || !TIME.test(time)) return INVALID;
    return (
      wrongSignature(hmac(secret, [`${time}.`, bytes]), given.map(fromHex)) ?? wrongTime(Number(time), now)
    );
  },

  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
  github: (secret, call) => plainHmac(secret, call, 'X-Hub-Signature-256'),

  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  standard_webhooks: (secret, { headers, bytes, now }) => {
    const key = standardWebhooksKey(secret);
    if (key === null) return problem('secret_missing', 'The secret of this webhook cannot be used.');
    const id = textOf(headers, 'webhook-id');
    const time = textOf(headers, 'webhook-timestamp');
    const header = textOf(headers, 'webhook-signature');
    if (id === null) return missing('webhook-id');
    if (time === null) return missing('webhook-timestamp');
    if (header === null) return missing('webhook-signature');
    // A dot in the id would let the same signed text be cut at another place.
    if (id.includes('.') || !TIME.test(time)) return INVALID;
    const given = header
      .split(' ')
      .filter((one) => one.startsWith('v1,'))
      .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'));
    return wrongSignature(hmac(key, [`${id}.${time}.`, bytes]), given) ?? wrongTime(Number(time), now);
  },

  hmac_sha256: (secret, call) => plainHmac(secret, call, 'X-Signature'),
};

const TIME = /^\d{1,12}$/;
const INVALID = problem('signature_invalid', 'The signature does not fit this call and its secret.');

function plainHmac(secret: string, { headers, bytes }: SignedCall, name: string): CallProblem | null {
  const header = textOf(headers, name.toLowerCase());
  if (header === null) return missing(name);
  if (!header.startsWith('sha256=')) return INVALID;
  return wrongSignature(hmac(secret, [bytes]), [fromHex(header.slice('sha256='.length))]);
}

function hmac(key: string | Buffer, parts: (string | Uint8Array)[]): Buffer {
  const sum = createHmac('sha256', key);
  for (const part of parts) sum.update(part);
  return sum.digest();
}

// Every one is compared, whole, so that the time taken tells nothing.
function wrongSignature(expected: Buffer, given: Buffer[]): CallProblem | null {
  if (given.length > MAX_SIGNATURES) return INVALID;
  const fits = given.map((one) => one.length === expected.length && timingSafeEqual(one, expected));
  return fits.includes(true) ? null : INVALID;
}

function wrongTime(seconds: number, now: number): CallProblem | null {
  if (Math.abs(now / 1_000 - seconds) <= SIGNATURE_TOLERANCE_SECONDS) return null;
  return problem('signature_time', 'The signature was made too long ago, or its time lies ahead.');
}

function fromHex(text: string): Buffer {
  return Buffer.from(/^[0-9a-f]{64}$/i.test(text) ? text : '', 'hex');
}

function textOf(headers: CallHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function missing(name: string): CallProblem {
  return problem('signature_missing', `Send the header ${name}: this webhook takes signed calls only.`);
}

function problem(reason: string, message: string): CallProblem {
  return { status: 401, reason, message };
}
