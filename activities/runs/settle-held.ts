import type { Json } from '../../workflows/json.ts';
import type { Held } from '../../workflows/runs/model.ts';
import { ESCAPED_UNSTORABLE } from '../input-fields.ts';
import type { RunDeps } from './deps.ts';
import { holdValue, storeText, type ValuePlace } from './hold-value.ts';

/** A held value as two columns: the JSON itself, or the id of a stored value. */
export interface HeldColumns {
  json: Json;
  ref: string | null;
}

/** Deeper values make PostgreSQL's parser of `jsonb` run out of stack. */
const JSONB_DEPTH = 1_000;

/**
 * A value as columns. What `jsonb` cannot hold (NUL, half a surrogate pair, thousands of levels) is stored beside as
 * text, as a picked element is: nothing that a step may return can keep the record from being written.
 */
export async function settleHeld(
  { database, values }: Pick<RunDeps, 'database' | 'values'>,
  place: ValuePlace,
  held: Held | null | undefined,
): Promise<HeldColumns> {
  if (!held) return { json: null, ref: null };
  if ('ref' in held && held.at === undefined) return { json: null, ref: held.ref };
  const value = await values.read(place, held);
  const text = JSON.stringify(value);
  const outcome = jsonbHolds(text)
    ? await holdValue(database, place, { value })
    : await storeText(database, place, text);
  // Every held value came through the limit already.
  if ('error' in outcome) throw new Error(outcome.error.message);
  const { output } = outcome;
  return 'ref' in output ? { json: null, ref: output.ref } : { json: output.value, ref: null };
}

/** JSON for people to read (of an error, of an answer): what `jsonb` cannot hold is replaced. */
export function readableJson(value: Json): Json {
  const text = JSON.stringify(value);
  if (jsonbHolds(text)) return value;
  if (nestingOf(text) > JSONB_DEPTH) return '(nested too deep to be shown)';
  return JSON.parse(text.replaceAll(UNSTORABLE, '$1\\ufffd')) as Json;
}
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f]..)/g;

/** True when the text is JSON that a `jsonb` column can hold. */
export function jsonbHolds(text: string): boolean {
  return !ESCAPED_UNSTORABLE.test(text) && nestingOf(text) <= JSONB_DEPTH;
}

// Brackets inside strings count too: then a value is stored beside without need, which does no harm.
function nestingOf(text: string): number {
  let level = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === OPEN_LIST || unit === OPEN_OBJECT) deepest = Math.max(deepest, ++level);
    else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) level--;
  }
  return deepest;
}
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
