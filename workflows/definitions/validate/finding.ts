import type { IssueCode } from '../issue-codes.ts';

/** A place inside a value: the keys and indexes that lead to it. */
export type Place = readonly (string | number)[];

/** Something wrong at a place, which is relative to what was looked at (a step, a schema). */
export interface Finding {
  at: Place;
  code: IssueCode;
  message: string;
}

/** The JSON Pointer (RFC 6901) of a place: `['steps', 0, 'a/b']` is `/steps/0/a~1b`. */
export function jsonPointer(place: Place): string {
  return place.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at a place, or undefined when nothing is there. */
export function valueAt(root: unknown, place: Place): unknown {
  let value = root;
  for (const part of place) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** Text for a message, cut to `length` characters. */
export function shorten(text: string, length = 60): string {
  const characters = Array.from(text.slice(0, length * 2 + 2));
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
