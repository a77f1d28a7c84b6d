import type { Json, JsonObject } from '../json.ts';
import { wrong } from './expression-error.ts';
import type { ExpressionLimits } from './limits.ts';
import { valueTooLarge } from './meter.ts';
import { isCallable, valueTooDeep } from './weigh.ts';

/** What an evaluation, or all those of one template, may still give and use. Counted down. */
export interface Allowance {
  weight: number;
  cost: number;
  limits: ExpressionLimits;
}

/**
 * Copies a result of jsonata into plain JSON that shares nothing with anything.
 * Undefined becomes null, in an object it is left out; minus zero becomes zero. Functions, numbers that JSON
 * cannot carry and keys named `__proto__` are refused, as is more weight than the allowance has left.
 */
export function plainJson(value: unknown, allowance: Allowance, depth = 0): Json {
  take(allowance, typeof value === 'string' ? value.length : 0);
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value !== 'object' || isCallable(value)) {
    throw wrong(
      'result_is_function',
      'gives a function. A result must be text, a number, a list or an object.',
    );
  }
  if (depth >= allowance.limits.valueDepth) throw valueTooDeep();
  if (Array.isArray(value)) return value.map((item) => plainJson(item, allowance, depth + 1));
  return plainObject(value, allowance, (item) => plainJson(item, allowance, depth + 1));
}

function plainNumber(value: number): number {
  if (!Number.isFinite(value)) {
    throw wrong('number_out_of_range', 'gives a number that is not finite, such as 1 divided by 0.');
  }
  return value === 0 ? 0 : value;
}

/** Copies an object, each value by `copyValue`. Refuses a key `__proto__`; leaves undefined values out. */
export function plainObject(
  value: object,
  allowance: Allowance,
  copyValue: (item: unknown) => Json,
): JsonObject {
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') throw wrong('forbidden_key', 'gives an object with the key "__proto__".');
    if (item === undefined) continue;
    take(allowance, key.length);
    copy[key] = copyValue(item);
  }
  return copy;
}

/** Takes the weight of a value or key with so many characters. */
function take(allowance: Allowance, characters: number): void {
  allowance.weight -= 1 + (characters >> 3);
  if (allowance.weight < 0) throw valueTooLarge();
}
