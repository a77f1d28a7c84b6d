import type { Json, JsonObject } from '../../workflows/json.ts';
import { OUTPUT_BYTES } from '../../workflows/runs/model.ts';
import type { Scrubber } from '../connections/index.ts';
import type { EgressResponse } from '../egress/index.ts';
import { EffectFailed, tooLarge } from './effect-failed.ts';
import { parseJson } from './parse-json.ts';

/**
 * What an http step gives: `{ status, headers, body }`. Header names are lower case; repeated headers are joined by
 * a comma, but `set-cookie` is always a list. The body: JSON parsed, other text as text, none as null, everything
 * else as `{ base64 }`. JSON that does not parse stays text.
 */
export function httpOutput({ status, headers, body }: EgressResponse): JsonObject {
  return { status, headers: outputHeaders(headers), body: outputBody(body, headers['content-type']) };
}

/** HTTP_STATUS for an answer that the step does not accept, with the start of the body to understand it by. */
export function statusFailure(response: EgressResponse, scrubber: Scrubber, now: number): EffectFailed {
  const { status, headers } = response;
  const shown = Object.entries(outputHeaders(headers)).filter(([name]) => SHOWN_HEADERS.has(name));
  const wait = retryAfterSeconds(headers['retry-after'], now);
  return new EffectFailed({
    code: 'HTTP_STATUS',
    message: `The server answered with status ${status}.`,
    details: {
      status,
      headers: Object.fromEntries(shown),
      body: shortened(outputBody(response.body, headers['content-type']), scrubber),
      ...(wait === null ? {} : { retryAfterSeconds: wait }),
    },
    retryable: RETRYABLE.has(status) || (status >= 500 && status <= 599),
  });
}

/** Request timeout, too early, too many requests: the same call may succeed later. */
const RETRYABLE = new Set([408, 425, 429]);
const SHOWN_HEADERS = new Set([
  'content-type',
  'date',
  'location',
  'request-id',
  'retry-after',
  'server',
  'www-authenticate',
  'x-correlation-id',
  'x-request-id',
]);
const SHOWN_BODY_CHARACTERS = 4096;

function outputHeaders(headers: EgressResponse['headers']): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]): [string, Json] => {
      if (name === 'set-cookie') return [name, typeof value === 'string' ? [value] : value];
      return [name, typeof value === 'string' ? value : value.join(', ')];
    }),
  );
}

function outputBody(body: Buffer, header: string | string[] | undefined): Json {
  if (body.length === 0) return null;
  const [type = '', ...parameters] = String(header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type === '' || TEXT.test(type)) {
    const text = decoded(body, parameters.find((one) => one.startsWith('charset='))?.slice(8), type === '');
    if (text !== null) return JSON_TYPE.test(type) ? (parseJson(text)?.value ?? jsonNull(text)) : text;
  }
  if (body.length > (OUTPUT_BYTES / 4) * 3) throw tooLarge('Ask for less at a time.');
  return { base64: body.toString('base64') };
}

const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json$/;
const TEXT =
  /^text\/|\/(?:[\w.-]+\+)?(?:json|xml)$|^application\/(?:x-ndjson|javascript|graphql|x-www-form-urlencoded|yaml)$/;

// `null` is JSON too; what did not parse stays the text that it was.
function jsonNull(text: string): string | null {
  return text.trim() === 'null' ? null : text;
}

// Without a content type, bytes that are not UTF-8 are taken for data, not for text.
function decoded(body: Buffer, charset: string | undefined, strict: boolean): string | null {
  try {
    return new TextDecoder(charset?.replaceAll('"', '') || 'utf-8', { fatal: strict }).decode(body);
  } catch {
    return strict ? null : new TextDecoder().decode(body);
  }
}

// Scrubbed before it is cut: a secret cut in half would no longer be found.
function shortened(body: Json, scrubber: Scrubber): Json {
  const clean = scrubber.json(body);
  const text = typeof clean === 'string' ? clean : JSON.stringify(clean);
  return text.length <= SHOWN_BODY_CHARACTERS ? clean : `${text.slice(0, SHOWN_BODY_CHARACTERS)}…`;
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfterSeconds(header: string | string[] | undefined, now: number): number | null {
  const text = String(header ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
