import { createHash } from 'node:crypto';
import { DEFINITION_LIMITS } from '../../workflows/definitions/model.ts';
import { canonicalJson, type JsonObject } from '../../workflows/json.ts';
import { jsonObjectField } from '../input-fields.ts';

/** The deepest nesting of JSON that a draft may have, valid or not: 20 steps inside each other take up to 100. */
const MAX_NESTING = 128;

/** A definition as verbs take it: any JSON object within the bounds. Whether it is valid is told by its issues. */
export const definitionField = jsonObjectField({ bytes: DEFINITION_LIMITS.bytes, depth: MAX_NESTING });

/** SHA-256 (hex) of a draft, layout included: whoever only moved a step has changed the draft too. */
export function draftHash(definition: JsonObject): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex');
}
