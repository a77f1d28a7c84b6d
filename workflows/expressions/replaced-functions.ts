import { canonicalJson, type Json } from '../json.ts';
import { base64Decode, base64Encode } from './base64.ts';
import {
  checkedFormatInteger,
  checkedFormatNumber,
  checkedFromMillis,
  checkedToMillis,
  withPicture,
} from './checked-pictures.ts';
import { wrong } from './expression-error.ts';
import type { Focus, NativeFunction, NativeImplementation } from './jsonata-types.ts';
import { stringTooLong, type Meter } from './meter.ts';

/** Gives jsonata's own function of this name. */
type Originals = (name: string) => NativeFunction;

/**
 * What makes the functions of jsonata that would take too long, too much stack, or what the workflow sandbox lacks
 * (Buffer), or that depend on the machine (time zone, stack size).
 */
export function replacements(
  originals: Originals,
  meter: Meter,
): ReadonlyMap<string, () => NativeImplementation> {
  const original = (name: string) => originals(name).implementation;
  const fromMillis = () => checkedFromMillis(original('fromMillis'));
  return new Map<string, () => NativeImplementation>([
    [
      'pad',
      () => (text, width, fill) => pad(text, width as number, { fill, max: meter.limits.stringLength }),
    ],
    ['join', () => checkedJoin(original('join'), meter)],
    ['replace', () => checkedReplace(original('replace'), meter)],
    ['max', () => (numbers) => extreme(numbers, (a, b) => a > b)],
    ['min', () => (numbers) => extreme(numbers, (a, b) => a < b)],
    ['distinct', () => distinct],
    ['base64encode', () => (text) => (text === undefined ? undefined : base64Encode(text as string))],
    ['base64decode', () => (text) => (text === undefined ? undefined : base64Decode(text as string))],
    ['fromMillis', fromMillis],
    ['now', () => now(fromMillis())],
    ['toMillis', () => checkedToMillis(original('toMillis'))],
    ['formatInteger', () => checkedFormatInteger(original('formatInteger'))],
    ['parseInteger', () => withPicture(original('parseInteger'))],
    ['formatNumber', () => checkedFormatNumber(original('formatNumber'))],
  ]);
}

function now(fromMillis: NativeImplementation): NativeImplementation {
  return function (this: Focus, picture, zone) {
    return fromMillis.call(this, this.environment.timestamp.getTime(), picture, zone);
  };
}

function pad(text: unknown, width: number, { fill, max }: { fill: unknown; max: number }): unknown {
  if (text === undefined || width === undefined) return text;
  const missing = Math.abs(Math.trunc(width)) - [...(text as string)].length;
  if (missing > max) throw stringTooLong();
  if (missing <= 0) return text;
  const unit = [...((fill as string | undefined) || ' ')];
  const padding = Array.from({ length: missing }, (_, i) => unit[i % unit.length]).join('');
  return width > 0 ? `${text as string}${padding}` : `${padding}${text as string}`;
}

/** The text could be 10 000 separators of the greatest length before anyone looks at it. */
function checkedJoin(join: NativeImplementation, meter: Meter): NativeImplementation {
  return function (this: Focus, texts, separator) {
    const between = ((separator as string | undefined) ?? '').length;
    const parts = (texts ?? []) as string[];
    const length = parts.reduce((sum, text) => sum + text.length + between, -between);
    if (length > meter.limits.stringLength) throw stringTooLong();
    return join.call(this, texts, separator);
  };
}

function checkedReplace(replace: NativeImplementation, meter: Meter): NativeImplementation {
  return function (this: Focus, ...args) {
    const [text, pattern, by, limit] = args;
    if (typeof pattern === 'string' && typeof by === 'function') {
      throw wrong('type', 'replaces by a function, which needs a regular expression to look for.');
    }
    if (typeof text !== 'string' || typeof by !== 'string') return replace.apply(this, args);
    if (typeof pattern !== 'string') {
      return replace.call(this, text, chargedMatcher(pattern as Matching, by.length >> 3, meter), by, limit);
    }
    const found =
      pattern === '' ? 0 : Math.min(text.split(pattern).length - 1, (limit as number) ?? Infinity);
    if (text.length + found * (by.length - pattern.length) > meter.limits.stringLength) throw stringTooLong();
    return replace.apply(this, args);
  };
}

type Matching = (text?: string) => { next: Matching } | undefined;

/** Charges for the replacement at each match: jsonata reads all of it for its `$1`. */
function chargedMatcher(matcher: Matching, units: number, meter: Meter): Matching {
  return (text) => {
    meter.charge(units);
    // By `apply`, since a function written in the expression is an object that has that method.
    const found = matcher.apply(undefined, [text]);
    return found && { ...found, next: chargedMatcher(found.next, units, meter) };
  };
}

/** Stock spreads the list over the arguments of Math.max, which fails at a length that depends on the machine. */
function extreme(numbers: unknown, better: (a: number, b: number) => boolean): unknown {
  if (numbers === undefined) return undefined;
  return (numbers as number[]).reduce<number | undefined>(
    (best, one) => (best === undefined || better(one, best) ? one : best),
    undefined,
  );
}

/** Stock compares each with each. Equal values have equal canonical text. */
function distinct(this: Focus, items: unknown): unknown {
  if (!Array.isArray(items) || items.length <= 1) return items;
  const kept = new Map<string, unknown>();
  for (const item of items as unknown[]) {
    const key = canonicalJson(item as Json);
    if (!kept.has(key)) kept.set(key, item);
  }
  const result = 'sequence' in items ? this.createSequence() : [];
  for (const item of kept.values()) result.push(item);
  return result;
}
