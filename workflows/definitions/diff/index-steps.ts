import { isJsonObject, type Json } from '../../json.ts';
import { stepLists, type Flow, type Step } from '../model.ts';
import type { Place } from '../validate/finding.ts';

/** A step with its place and its own fields, without the steps inside it. */
export interface IndexedStep {
  id: string;
  kind: string;
  place: Place;
  /** The step that holds it, null at the top level, and in which part: `"catch"`. */
  container: string | null;
  part: string;
  /** Names the list that holds it, whatever stands around that. */
  list: string;
  position: number;
  /** Its own fields by a name for people, such as `with.path`. */
  fields: Map<string, { at: Place; value: Json }>;
}

/** All steps of a definition by id, in the order in which they are written. */
export function indexSteps(flow: Flow): Map<string, IndexedStep> {
  const steps = new Map<string, IndexedStep>();
  addList(flow.steps, { steps, place: ['steps'], container: null, part: '' });
  return steps;
}

interface Listed {
  steps: Map<string, IndexedStep>;
  place: Place;
  container: string | null;
  part: string;
}

function addList(list: Step[], { steps, place, container, part }: Listed): void {
  list.forEach((step, position) => {
    const own: Place = [...place, position];
    const { id, kind } = step;
    steps.set(id, {
      id,
      kind,
      place: own,
      container,
      part,
      list: `${container ?? ''}/${part}`,
      position,
      fields: fieldsOf(step),
    });
    for (const inner of stepLists(step))
      addList(inner.steps, {
        steps,
        place: [...own, ...inner.pointer],
        container: id,
        part: partOf(step, inner.pointer),
      });
  });
}

/** What a list inside a step is called. Branches of `parallel` go by their id, since they have no order. */
function partOf(step: Step, pointer: Place): string {
  const [part = '', index] = pointer;
  if (step.kind === 'parallel' && typeof index === 'number')
    return `branch "${step.branches[index]?.id ?? ''}"`;
  if (typeof index === 'number') return `case ${index + 1}`;
  return `"${part}"`;
}

/** Lists of steps and what goes with them; the steps are compared by themselves. */
const LIST_FIELDS = ['id', 'steps', 'catch', 'finally', 'otherwise', 'cases', 'branches'];

function fieldsOf(step: Step): IndexedStep['fields'] {
  const fields: IndexedStep['fields'] = new Map();
  const add = (name: string, at: Place, value: Json | undefined) => {
    if (value !== undefined) fields.set(name, { at, value });
  };
  for (const [key, value] of Object.entries(step) as [string, Json | undefined][]) {
    if (LIST_FIELDS.includes(key)) continue;
    if (key === 'with' && isJsonObject(value))
      for (const [name, inner] of Object.entries(value)) add(`with.${name}`, [key, name], inner);
    else add(key, [key], value);
  }
  if (step.kind === 'branch')
    step.cases.forEach((one, i) => add(`case ${i + 1}`, ['cases', i, 'when'], one.when));
  if (step.kind === 'parallel')
    add('branches', ['branches'], step.branches.map((branch) => branch.id).sort());
  return fields;
}
