import type { Json } from '../../graphql/graphql.ts';

/** A place at which two values are different; undefined on the side that has nothing there. */
export interface JsonDifference {
  /** As a JSON Pointer; empty for the value as a whole. */
  pointer: string;
  left: Json | undefined;
  right: Json | undefined;
}

type Side = Json | undefined;
type Parts = { [key: string]: Side };

/** The first places, at most `max`, at which two values are different. Lists are compared place by place. */
export function jsonDifferences(left: Side, right: Side, max: number): JsonDifference[] {
  const found: JsonDifference[] = [];
  const compare = (pointer: string, one: Side, other: Side): void => {
    if (found.length >= max || one === other) return;
    const [parts, others] = [partsOf(one), partsOf(other)];
    if (parts === null || others === null || Array.isArray(one) !== Array.isArray(other))
      return void found.push({ pointer, left: one, right: other });
    for (const key of new Set([...Object.keys(parts), ...Object.keys(others)]))
      compare(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, parts[key], others[key]);
  };
  compare('', left, right);
  return found;
}

function partsOf(value: Side): Parts | null {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}
