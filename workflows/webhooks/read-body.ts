import type { Json } from '../json.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { CallProblem } from './model.ts';

/** A body as it came: its bytes, and what the sender said about them. */
export interface RawBody {
  bytes: Uint8Array;
  contentType: string | undefined;
  contentEncoding: string | undefined;
}

/**
 * The body of a call as JSON. Its content type alone decides how it is read: JSON, a form (an object of its fields) or
 * text. No bytes are null, whatever the type. Depth and text are for the caller to check.
 */
export function readBody({ bytes, contentType, contentEncoding }: RawBody): { body: Json } | CallProblem {
  if (bytes.length === 0) return { body: null };
  if (contentEncoding !== undefined && !/^identity$/i.test(contentEncoding.trim()))
    return unsupported('Send the body as it is, without a Content-Encoding.');
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  if (!parameters.every(isUtf8)) return unsupported('Send the body in UTF-8.');
  const read = readerOf(type.trim());
  if (!read) return unsupported('Send JSON, a form (application/x-www-form-urlencoded) or plain text.');
  const text = decodeUtf8(bytes);
  if (text === null) return bad('body_not_utf8', 'The body is not valid UTF-8.');
  return read(text);
}

/** The fields of a form or of a query: one value each, or a list of those that came more than once. */
export function fieldsOf(encoded: string): Record<string, Json> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(encoded))
    fields.set(name, [...(fields.get(name) ?? []), value]);
  return Object.fromEntries([...fields].map(([name, values]) => [name, one(values)]));
}

function one(values: string[]): Json {
  return values.length === 1 ? (values[0] ?? null) : values;
}

function readerOf(type: string): ((text: string) => { body: Json } | CallProblem) | null {
  if (/^application\/(json|[a-z0-9!#$&^_.-]+\+json)$/.test(type)) return readJson;
  if (type === 'application/x-www-form-urlencoded') return (text) => ({ body: fieldsOf(text) });
  if (/^text\/[a-z0-9!#$&^_.+-]+$/.test(type)) return (text) => ({ body: text });
  return null;
}

function readJson(text: string): { body: Json } | CallProblem {
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    return bad('body_not_json', 'The body is not valid JSON.');
  }
  const twice = duplicateKey(text);
  if (twice === null) return { body };
  return bad(
    'body_key_twice',
    `The key ${JSON.stringify(twice.slice(0, 100))} is there twice. Send it once.`,
  );
}

// Only the character set matters; other parameters, such as a boundary, change nothing here.
function isUtf8(parameter: string): boolean {
  const [name = '', value = ''] = parameter.split('=');
  if (name.trim() !== 'charset') return true;
  return ['utf-8', 'utf8', 'us-ascii'].includes(value.trim().replaceAll('"', ''));
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function bad(reason: string, message: string): CallProblem {
  return { status: 400, reason, message };
}

function unsupported(message: string): CallProblem {
  return { status: 415, reason: 'content_type', message };
}
