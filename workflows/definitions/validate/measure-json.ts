import { isJsonObject } from '../../json.ts';
import type { Place } from './finding.ts';

/** What one walk over a value tells. `bytes` is the length of its JSON text in UTF-8. */
export interface JsonMeasure {
  bytes: number;
  /** The first place nested deeper than was asked, or null. */
  tooDeep: Place | null;
  /** The first place that JSON cannot hold (a function, NaN), or null. */
  notJson: Place | null;
  /** The first place with a key that could reach an object's prototype, or null. */
  unsafeKey: Place | null;
}

interface Open {
  value: unknown;
  place: Place;
}

/**
 * Measures a value without recursion, so that no nesting can exhaust the stack; stops at `maxBytes`.
 * Undefined properties count as absent, as JSON text leaves them out.
 */
export function measureJson(root: unknown, maxDepth: number, maxBytes: number): JsonMeasure {
  const measure: JsonMeasure = { bytes: 0, tooDeep: null, notJson: null, unsafeKey: null };
  const open: Open[] = [{ value: root, place: [] }];
  for (let next = open.pop(); next !== undefined && measure.bytes <= maxBytes; next = open.pop()) {
    if (next.place.length > maxDepth) measure.tooDeep ??= next.place;
    else measureOne(next, measure, open);
  }
  return measure;
}

function measureOne({ value, place }: Open, measure: JsonMeasure, open: Open[]): void {
  if (Array.isArray(value)) {
    measure.bytes += 2 + Math.max(0, value.length - 1);
    // Unlike forEach, this does not pass over the holes of a sparse list.
    for (const [i, item] of (value as unknown[]).entries()) open.push({ value: item, place: [...place, i] });
  } else if (isJsonObject(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    measure.bytes += 2 + Math.max(0, keys.length - 1);
    for (const key of keys) {
      if (key === '__proto__') measure.unsafeKey ??= [...place, key];
      measure.bytes += textBytes(key) + 1;
      open.push({ value: value[key], place: [...place, key] });
    }
  } else if (typeof value === 'string') measure.bytes += textBytes(value);
  else if (isPlainValue(value)) measure.bytes += String(value).length;
  else measure.notJson ??= place;
}

function isPlainValue(value: unknown): boolean {
  return (
    value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

/** Bytes of a text as JSON writes it. `encodeURIComponent` would throw on a lone surrogate, so it is counted here. */
function textBytes(text: string): number {
  let bytes = 2;
  for (const character of JSON.stringify(text).slice(1, -1)) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
