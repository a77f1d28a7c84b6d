import { isJsonObject, type Json } from '../../json.ts';
import type { Place } from './finding.ts';

/** Every text inside a value with its place, in the order in which it is written. Keys are not texts. */
export function* eachText(value: Json | undefined, place: Place): Generator<{ text: string; place: Place }> {
  if (typeof value === 'string') yield { text: value, place };
  else if (Array.isArray(value))
    for (const [i, item] of value.entries()) yield* eachText(item, [...place, i]);
  else if (isJsonObject(value))
    for (const key of Object.keys(value)) yield* eachText(value[key], [...place, key]);
}
