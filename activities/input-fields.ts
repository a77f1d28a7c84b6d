import { z } from 'zod';
import { isUuid } from '../workflows/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../workflows/json.ts';

/** The id of a thing, as verbs take it. */
export const idField = z.string().refine(isUuid, 'This is not an id of ours.');

/** PostgreSQL's largest `integer`; a larger number can name no version. */
export const numberField = z.int().min(1).max(2_147_483_647);

/** One line or more of text that the database can hold, trimmed, of 1 to `max` characters. */
export function textField(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'Write something here.')
    .max(max)
    .refine((text) => !HELD_BY_NO_DATABASE.test(text), 'Remove the characters that cannot be stored.');
}
// NUL and halves of surrogate pairs: PostgreSQL refuses both.
const HELD_BY_NO_DATABASE = /[\u0000\ud800-\udfff]/u;

/** How much of a JSON value the database takes: bytes of its text, and levels of nesting. */
interface JsonLimits {
  bytes: number;
  depth: number;
}

/** Any JSON value that the database can hold, within the limits. */
export function jsonField(limits: JsonLimits) {
  return z.custom<Json>((value) => jsonProblem(value, limits) === null, {
    error: ({ input }) => jsonProblem(input, limits) ?? 'Send a JSON value.',
  });
}

/** A JSON object that the database can hold, within the limits. */
export function jsonObjectField(limits: JsonLimits) {
  const problem = (value: unknown) =>
    isJsonObject(value) ? jsonProblem(value, limits) : 'Send a JSON object.';
  return z.custom<JsonObject>((value) => problem(value) === null, {
    error: ({ input }) => problem(input) ?? 'Send a JSON object.',
  });
}

function jsonProblem(value: unknown, limits: JsonLimits): string | null {
  if (value === undefined) return 'Send a JSON value.';
  const inside = valueProblem(value, limits.depth);
  if (inside !== null) return inside;
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > limits.bytes)
    return `This is too large: at most ${limits.bytes} bytes of JSON can be kept.`;
  return ESCAPED_UNSTORABLE.test(text) ? 'Remove the characters that cannot be stored.' : null;
}

/**
 * Finds, in JSON text, what PostgreSQL's `jsonb` refuses: NUL and lone surrogates, which the text writes as escapes.
 * After an even number of backslashes it is text, not an escape.
 */
export const ESCAPED_UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

// The depth is bounded first: `JSON.stringify` and every later walk recurse.
function valueProblem(value: unknown, levels: number): string | null {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'Use numbers that JSON can write.';
  if (typeof value !== 'object' || value === null) return null;
  if (levels < 0) return 'This is nested too deep.';
  if (Object.hasOwn(value, '__proto__')) return 'Rename the key __proto__: it cannot be kept.';
  for (const child of Object.values(value)) {
    const problem = valueProblem(child, levels - 1);
    if (problem !== null) return problem;
  }
  return null;
}
