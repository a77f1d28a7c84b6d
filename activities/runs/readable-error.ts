import type { Json, JsonObject } from '../../workflows/json.ts';
import type { RunError } from '../../workflows/runs/model.ts';
import { readableJson } from './settle-held.ts';

/** An error as it is stored for people to read. */
export function readableError({ code, message, stepId, path, details }: RunError): JsonObject {
  const text: Json = readableJson(message);
  return { code, message: text, stepId, path, details: readableJson(details) };
}
