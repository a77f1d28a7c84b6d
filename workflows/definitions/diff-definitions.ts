import { canonicalJson, type Json } from '../json.ts';
import { increasingRun } from './diff/increasing-run.ts';
import { indexSteps, type IndexedStep } from './diff/index-steps.ts';
import type { Flow } from './model.ts';
import { jsonPointer, shorten } from './validate/finding.ts';

/** One difference between two definitions, for people to read. `stepId` is null for the definition's own fields. */
export interface DefinitionChange {
  kind: 'added' | 'removed' | 'moved' | 'changed';
  stepId: string | null;
  /** JSON Pointer of the place in the newer definition; in the older one for what was removed. */
  path: string;
  message: string;
  /** The value before and after as JSON text, cut to 120 characters; left out where there was none. */
  before?: string;
  after?: string;
}

const SHOWN_CHARACTERS = 120;
/** The definition's own fields. `layout` is not among them: it never changes meaning. */
const FLOW_FIELDS = ['name', 'description', 'input', 'triggers', 'limits', 'output'] as const;

/** What changed from one definition to another: first its own fields, then its steps in the order of the newer one. */
export function diffDefinitions(from: Flow, to: Flow): DefinitionChange[] {
  const before = indexSteps(from);
  const after = indexSteps(to);
  const moved = movedIds(before, after);
  const changes = [...after.values()].flatMap((step) => {
    const old = before.get(step.id);
    if (!old) return [stepChange('added', step, `Step "${step.id}" (${step.kind}) was added.`)];
    const moves = moved.has(step.id)
      ? [stepChange('moved', step, `Step "${step.id}" was moved ${placeOf(step)}.`)]
      : [];
    return [...moves, ...fieldChanges(old, step)];
  });
  const removed = [...before.values()]
    .filter((step) => !after.has(step.id))
    .map((step) => stepChange('removed', step, `Step "${step.id}" (${step.kind}) was removed.`));
  return [...flowChanges(from, to), ...changes, ...removed];
}

function flowChanges(from: Flow, to: Flow): DefinitionChange[] {
  return FLOW_FIELDS.flatMap((field) => {
    const values = { before: from[field] as Json | undefined, after: to[field] as Json | undefined };
    return valueChange(values, {
      stepId: null,
      path: jsonPointer([field]),
      what: `"${field}" of the workflow`,
    });
  });
}

function fieldChanges(from: IndexedStep, to: IndexedStep): DefinitionChange[] {
  const names = new Set([...to.fields.keys(), ...from.fields.keys()]);
  return [...names].flatMap((name) => {
    const field = to.fields.get(name) ?? from.fields.get(name);
    const values = { before: from.fields.get(name)?.value, after: to.fields.get(name)?.value };
    const path = jsonPointer([...to.place, ...(field?.at ?? [])]);
    return valueChange(values, { stepId: to.id, path, what: `"${name}" of step "${to.id}"` });
  });
}

interface Values {
  before: Json | undefined;
  after: Json | undefined;
}

function valueChange(
  { before, after }: Values,
  of: { stepId: string | null; path: string; what: string },
): DefinitionChange[] {
  const { stepId, path, what } = of;
  if (textOf(before) === textOf(after)) return [];
  const act = before === undefined ? 'was added' : after === undefined ? 'was removed' : 'was changed';
  return [
    {
      kind: 'changed',
      stepId,
      path,
      message: `${what} ${act}.`,
      ...(before === undefined ? {} : { before: shown(before) }),
      ...(after === undefined ? {} : { after: shown(after) }),
    },
  ];
}

function textOf(value: Json | undefined): string | null {
  return value === undefined ? null : canonicalJson(value);
}

function shown(value: Json): string {
  return shorten(JSON.stringify(value), SHOWN_CHARACTERS);
}

function stepChange(
  kind: 'added' | 'removed' | 'moved',
  step: IndexedStep,
  message: string,
): DefinitionChange {
  return { kind, stepId: step.id, path: jsonPointer(step.place), message };
}

function placeOf({ container, part }: IndexedStep): string {
  return container === null ? 'to the top level' : `to ${part} of "${container}"`;
}

/** Steps in another list than before, and the fewest of the others whose order explains the difference. */
function movedIds(before: Map<string, IndexedStep>, after: Map<string, IndexedStep>): Set<string> {
  const moved = new Set<string>();
  const lists = new Map<string, { id: string; position: number }[]>();
  for (const step of after.values()) {
    const old = before.get(step.id);
    if (!old) continue;
    if (old.list === step.list)
      lists.set(step.list, [...(lists.get(step.list) ?? []), { id: step.id, position: old.position }]);
    else moved.add(step.id);
  }
  for (const steps of lists.values()) {
    const kept = increasingRun(steps.map((step) => step.position));
    steps.forEach((step, i) => {
      if (!kept.has(i)) moved.add(step.id);
    });
  }
  return moved;
}
