import { RESERVED_NAMES } from '../step-fields.ts';
import type { Finding, Place } from './finding.ts';

/** Refuses a list of steps with no step in it, where that would do nothing at all. */
export function emptyBodyFindings(steps: readonly unknown[], at: Place): Finding[] {
  if (steps.length > 0) return [];
  return [{ at, code: 'EMPTY_BODY', message: 'There is no step in here. Add one, or remove what holds it.' }];
}

/** Refuses a name that expressions use for something else, or that every object has by itself. */
export function reservedNameFindings(name: string, at: Place): Finding[] {
  if (!RESERVED_NAMES.some((reserved) => reserved === name) && !(name in Object.prototype)) return [];
  return [{ at, code: 'NAME_RESERVED', message: `"${name}" is a name of the platform. Choose another one.` }];
}
