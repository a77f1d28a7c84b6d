import { stepLists, type Step } from '../definitions/model.ts';

/** A step on the way to a path: itself, and the body that it stands in. */
export interface PathStop {
  step: Step;
  /** The path of the step in the run. */
  path: string;
  body: Step[];
  /** The path of the body: what stands before the step's id. */
  bodyPath: string;
  /** What follows the step in the path: `[3]` for an item, the id of a branch, else empty. */
  part: string;
}

/**
 * The steps that a path such as `lines[3]/log` leads through, from the outermost container to the step itself. Null
 * when these steps do not stand there.
 */
export function stopsOf(steps: Step[], path: string): PathStop[] | null {
  const stops: PathStop[] = [];
  const segments = path.split('/');
  let bodies = [steps];
  let bodyPath = '';
  while (segments.length > 0) {
    const [, id = '', item = ''] = SEGMENT.exec(segments.shift() ?? '') ?? [];
    const body = bodies.find((list) => list.some((step) => step.id === id));
    const step = body?.find((one) => one.id === id);
    if (!body || !step) return null;
    const part = step.kind === 'parallel' ? (segments.shift() ?? '') : item;
    const stepPath = pathIn(bodyPath, id);
    stops.push({ step, path: stepPath, body, bodyPath, part });
    bodies = bodiesOf(step, part);
    bodyPath = placeOf(step, stepPath, part);
  }
  return stops.at(-1)?.part === '' ? stops : null;
}
const SEGMENT = /^([^[\]]+)(\[\d+\])?$/;

// A path names the item of a loop and the branch of a parallel, and of no other container.
function bodiesOf(step: Step, part: string): Step[][] {
  const loop = step.kind === 'forEach' || step.kind === 'while';
  if (loop !== part.startsWith('[')) return [];
  if (step.kind !== 'parallel') return stepLists(step).map((list) => list.steps);
  return step.branches.filter((branch) => branch.id === part).map((branch) => branch.steps);
}

/** The path of a step in a body. */
export function pathIn(bodyPath: string, stepId: string): string {
  return bodyPath === '' ? stepId : `${bodyPath}/${stepId}`;
}

/** The path of a body inside a step; `part` as in PathStop. */
export function placeOf(step: Step, path: string, part: string): string {
  return step.kind === 'parallel' ? `${path}/${part}` : path + part;
}

/** The paths of what holds this path, innermost first: `a[1]/b` is held by `a`. */
export function holdersOf(path: string): string[] {
  const holders: string[] = [];
  for (let i = path.length - 1; i > 0; i--)
    if (path[i] === '/' || path[i] === '[') holders.push(path.slice(0, i));
  return holders;
}
