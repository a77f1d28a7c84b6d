/** A value that JSON can carry. Everything a step takes or returns is one. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Narrows to a JSON object; arrays and null are not objects here. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON text with sorted keys, so that equal values have equal text whatever order they were written in.
 * Hashes (definition, plan, idempotency) are taken over this text.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${entries.join(',')}}`;
}

/**
 * A part of a definition as the JSON that it is. Sound because a definition is parsed from JSON: its optional fields
 * are absent, never undefined.
 */
export function definitionJson(part: object): Json {
  return part as Json;
}
