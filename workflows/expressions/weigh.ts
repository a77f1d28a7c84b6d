import { tooMuch } from './expression-error.ts';

/** Size of a value seen as a tree. */
export interface Measure {
  weight: number;
  /** Levels of nesting: 0 for text and numbers, 1 for a flat list. */
  height: number;
}

/** Objects and arrays that were measured before. Wrong once one of them is changed. */
export type Measures = WeakMap<object, Measure>;

export interface Weighing {
  known: Measures;
  maxDepth: number;
  /** Told how much work the weighing was, in units of 16 entries. */
  onVisit: (units: number) => void;
}

/**
 * The weight of a JSON value: 1 a value, 1 a key, 1 for each 8 characters (a rough eighth of its JSON text).
 * Throws a refusal (`value_too_deep`) past 100 levels.
 */
export function weigh(value: unknown): number {
  return measureTree(value, { known: new WeakMap(), maxDepth: 100, onVisit: () => {} }).weight;
}

/**
 * Measures a value as a tree. What several places share counts at each of them, as it would in JSON; but each
 * object is visited once, so that a doubled graph costs no more than its nodes.
 * Throws a refusal (`value_too_deep`) past `maxDepth` levels.
 */
export function measureTree(value: unknown, weighing: Weighing, depth = 0): Measure {
  if (typeof value === 'string') return { weight: 1 + (value.length >> 3), height: 0 };
  if (typeof value !== 'object' || value === null || isCallable(value)) return { weight: 1, height: 0 };
  const known = weighing.known.get(value);
  if (depth + (known?.height ?? 1) > weighing.maxDepth) throw valueTooDeep();
  return known ?? measureInside(value, weighing, depth);
}

function measureInside(value: object, weighing: Weighing, depth: number): Measure {
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
  const measure: Measure = { weight: 1, height: 1 };
  for (const key of keys) measure.weight += 1 + (key.length >> 3);
  for (const item of items) {
    const inner = measureTree(item, weighing, depth + 1);
    measure.weight += inner.weight;
    measure.height = Math.max(measure.height, inner.height + 1);
  }
  weighing.known.set(value, measure);
  weighing.onVisit((items.length + 8) >> 4);
  return measure;
}

/** True for what jsonata can call. Data that only looks like a function holds no function, so it is not one. */
export function isCallable(value: object): boolean {
  const callable = value as {
    _jsonata_lambda?: unknown;
    environment?: { lookup?: unknown } | null;
    implementation?: unknown;
  };
  if (typeof value === 'function' || typeof callable.implementation === 'function') return true;
  return callable._jsonata_lambda === true && typeof callable.environment?.lookup === 'function';
}

/** The refusal of a value that is nested too deeply. */
export const valueTooDeep = () => tooMuch('value_too_deep', 'uses a value with too many levels of nesting.');
