import { isJsonObject, type Json } from '../../workflows/json.ts';

/** Deeper nesting would break what walks a value by recursion, JSON.stringify among them. */
const MAX_DEPTH = 200;

/** The value of a JSON text, or null when it is not JSON or nests deeper than {@link MAX_DEPTH}. */
export function parseJson(text: string): { value: Json } | null {
  try {
    const value = JSON.parse(text) as Json;
    return isDeeperThan(value, MAX_DEPTH) ? null : { value };
  } catch {
    return null;
  }
}

function isDeeperThan(value: Json, depth: number): boolean {
  let level = [value];
  for (let left = depth; left >= 0; left--) {
    level = level.flatMap((one) => (Array.isArray(one) ? one : isJsonObject(one) ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}
