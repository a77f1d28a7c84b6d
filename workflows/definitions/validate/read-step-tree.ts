import { isJsonObject } from '../../json.ts';
import { STEP_KINDS, type Step, type StepKind } from '../model.ts';
import { valueAt, type Place } from './finding.ts';

/** A step as it was read, sound or not, so that one faulty step does not hide what is wrong with the others. */
export interface StepNode {
  raw: unknown;
  /** Where it stands in the definition. */
  place: Place;
  /** Null when the step has no id that is text. */
  id: string | null;
  kind: StepKind | null;
  /** The step, once its own fields were found sound; the lists inside it may still hold faulty steps. */
  step: Step | null;
  parent: StepListNode;
  lists: StepListNode[];
}

/** A list of steps. `owner` is null for the definition's own list. */
export interface StepListNode {
  owner: StepNode | null;
  /** Where it stands, from its owner: `['cases', 0, 'steps']`. */
  at: Place;
  nodes: StepNode[];
}

const ANY_INDEX = '*';
/** Where each container holds its lists of steps. */
const LIST_PLACES: Partial<Record<StepKind, string[][]>> = {
  branch: [['cases', ANY_INDEX, 'steps'], ['otherwise']],
  parallel: [['branches', ANY_INDEX, 'steps']],
  forEach: [['steps']],
  while: [['steps']],
  try: [['steps'], ['catch'], ['finally']],
};

/** Reads the steps of a definition into a tree; takes any JSON and never throws. */
export function readStepTree(definition: unknown): StepListNode {
  return readList(null, ['steps'], valueAt(definition, ['steps']));
}

/** All steps of a list and of the lists inside it, in the order in which they are written. */
export function* allSteps(list: StepListNode): Generator<StepNode> {
  for (const node of list.nodes) {
    yield node;
    for (const inner of node.lists) yield* allSteps(inner);
  }
}

function readList(owner: StepNode | null, at: Place, raw: unknown): StepListNode {
  const list: StepListNode = { owner, at, nodes: [] };
  const place = [...(owner?.place ?? []), ...at];
  if (Array.isArray(raw)) list.nodes = raw.map((item, i) => readStep(item, [...place, i], list));
  return list;
}

function readStep(raw: unknown, place: Place, parent: StepListNode): StepNode {
  const { id, kind } = isJsonObject(raw) ? raw : {};
  const node: StepNode = {
    raw,
    place,
    id: typeof id === 'string' ? id : null,
    kind: STEP_KINDS.find((known) => known === kind) ?? null,
    step: null,
    parent,
    lists: [],
  };
  for (const pattern of (node.kind && LIST_PLACES[node.kind]) ?? [])
    for (const at of placesOf(pattern, raw)) node.lists.push(readList(node, at, valueAt(raw, at)));
  return node;
}

/** The places that a pattern stands for in this step: `cases/*\/steps` gives one for each case. */
function placesOf(pattern: string[], raw: unknown): Place[] {
  const [first = '', star, last] = pattern;
  const value = valueAt(raw, [first]);
  if (star === undefined || last === undefined) return value === undefined ? [] : [[first]];
  return Array.isArray(value) ? value.map((_, i) => [first, i, last]) : [];
}
