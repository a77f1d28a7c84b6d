import { wrong } from './expression-error.ts';
import { jsonata } from './generated/jsonata.js';
import type { Focus, NativeFunction, NativeImplementation } from './jsonata-types.ts';
import type { Meter } from './meter.ts';
import { replacements } from './replaced-functions.ts';

// jsonata's own functions, without $eval (it would compile text from data) and $millis (which needs no guard).
const NAMES: ReadonlySet<string> = new Set(
  (
    'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad ' +
    'match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round ' +
    'abs sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread merge ' +
    'reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl ' +
    'decodeUrlComponent decodeUrl toMillis fromMillis clone now'
  ).split(' '),
);

/** The functions that look at all that is inside their arguments. The others look at the size only. */
const DEEP = new Set(['string', 'clone', 'distinct', 'merge', 'spread', 'boolean', 'not', 'keys', 'zip']);

/** Gives the function of this name; undefined for a name that is none. */
export type GuardedFunctions = (name: string) => NativeFunction | undefined;

/**
 * jsonata's functions, each behind a guard that charges for what it reads and refuses a result that is too large;
 * some are replaced (see replaced-functions.ts). Made when they are first asked for, and anew for each run, since
 * jsonata writes into them.
 */
export function guardedFunctions(meter: Meter): GuardedFunctions {
  const made = new Map<string, NativeFunction>();
  const replaced = replacements(original, meter);
  return (name) => {
    if (!NAMES.has(name)) return undefined;
    const known = made.get(name);
    if (known) return known;
    const guarded = guard(name, original(name), { replaced, meter });
    made.set(name, guarded);
    return guarded;
  };
}

function original(name: string): NativeFunction {
  return jsonata(`$${name}`).evaluate({}) as NativeFunction;
}

interface GuardContext {
  replaced: ReadonlyMap<string, () => NativeImplementation>;
  meter: Meter;
}

function guard(name: string, native: NativeFunction, { replaced, meter }: GuardContext): NativeFunction {
  const run = replaced.get(name)?.() ?? native.implementation;
  const deep = DEEP.has(name);
  function implementation(this: Focus, ...args: unknown[]): unknown {
    meter.charge(1);
    for (const arg of args) chargeArgument(arg, deep, meter);
    if (Array.isArray(args[0])) chargeList(name, args[0], meter);
    const result = run.apply(this, args);
    meter.checkMade(result);
    return result;
  }
  // Partial application, `$substring(?, 0, 3)`, reads the names of the parameters from the source.
  implementation.toString = () => native.implementation.toString();
  return { ...native, implementation, arity: native.implementation.length };
}

function chargeArgument(arg: unknown, deep: boolean, meter: Meter): void {
  if (typeof arg === 'number' && !Number.isFinite(arg)) {
    throw wrong('number_out_of_range', 'uses a number that is not finite, such as 1 divided by 0.');
  }
  if (typeof arg === 'string') meter.charge(arg.length >> 6);
  else if (typeof arg === 'object' && arg !== null && deep) meter.chargeReading(arg);
  else if (Array.isArray(arg)) meter.charge(arg.length >> 3);
}

/** What two functions do with lists beyond going through them once. */
function chargeList(name: string, list: unknown[], meter: Meter): void {
  if (name === 'sort') meter.charge(list.length);
  // $lookup searches lists in lists, but takes a field of an object at once.
  if (name === 'lookup') meter.chargeReading(list);
}
