import type { Json } from '../graphql/graphql.ts';

/** A step as the graph shows it, with the steps inside it by group. */
export interface OutlineStep {
  id: string;
  kind: string;
  /** What the definition calls it; its id where it has no name. */
  name: string;
  groups: OutlineGroup[];
}

/** Steps inside a step: its body, one of several ways, or what is done on an error or at the end. */
export interface OutlineGroup {
  kind: 'body' | 'case' | 'otherwise' | 'branch' | 'catch' | 'finally';
  /** The condition or the name of the way. */
  label: string;
  steps: OutlineStep[];
}

type Fields = { [key: string]: Json };
const isObject = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listIn = (value: Json | undefined): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
/** Nobody nests deeper; a draft may be anything. */
const MAX_DEPTH = 12;

/** The steps of a definition as a tree. What is not a step is left out: a draft may be half written. */
export function flowOutline(definition: Json): OutlineStep[] {
  return isObject(definition) ? stepsOf(definition['steps'], 0) : [];
}

function stepsOf(value: Json | undefined, depth: number): OutlineStep[] {
  if (depth > MAX_DEPTH) return [];
  return listIn(value).map((step) => {
    const id = textIn(step['id']);
    return {
      id,
      kind: textIn(step['kind']),
      name: textIn(step['name']) || id,
      groups: groupsOf(step, depth),
    };
  });
}

function groupsOf(step: Fields, depth: number): OutlineGroup[] {
  const group = (kind: OutlineGroup['kind'], label: string, steps: Json | undefined): OutlineGroup => ({
    ...{ kind, label },
    steps: stepsOf(steps, depth + 1),
  });
  const groups = [
    group('body', '', step['steps']),
    ...listIn(step['cases']).map((one) => group('case', textIn(one['when']), one['steps'])),
    group('otherwise', '', step['otherwise']),
    ...listIn(step['branches']).map((one) => group('branch', textIn(one['id']), one['steps'])),
    group('catch', '', step['catch']),
    group('finally', '', step['finally']),
  ];
  return groups.filter(({ steps }) => steps.length > 0);
}
