import type { StepStatus } from './run-states.ts';

/** What the tree needs to know of a step. Times are ISO 8601. */
export interface TreeStep {
  path: string;
  kind: string;
  status: StepStatus;
  startedAt: string | null;
  finishedAt: string | null;
}

/** A step in its place, or a round of a loop, which has steps but is none. */
export interface TreeNode<Step extends TreeStep> {
  path: string;
  /** The last part of the path: the id of the step, or its branch or round. */
  label: string;
  step: Step | null;
  /** For a round of a loop, which one: 0 is the first. */
  round: number | null;
  /** A round stands as its worst step does. */
  status: StepStatus;
  startedAt: string | null;
  finishedAt: string | null;
  children: TreeNode<Step>[];
}

/** The worst first: what a round shows of its steps. */
const WORST: StepStatus[] = ['FAILED', 'WAITING', 'RETRYING', 'RUNNING', 'CANCELLED', 'SUCCEEDED', 'SKIPPED'];

/** The state that tells most of several. */
export function worstOf(states: readonly StepStatus[]): StepStatus {
  return WORST.find((status) => states.includes(status)) ?? 'SUCCEEDED';
}

/** Something is being done, or will be without anybody's word. */
const IN_HAND: ReadonlySet<StepStatus> = new Set(['RUNNING', 'RETRYING']);

/** Puts the steps of a run, in the order of their beginning, under those that hold them. */
export function stepTree<Step extends TreeStep>(steps: readonly Step[]): TreeNode<Step>[] {
  const roots: TreeNode<Step>[] = [];
  const known = new Map<string, TreeNode<Step>>();
  const nodeAt = (path: string): TreeNode<Step> => {
    const found = known.get(path);
    if (found) return found;
    const made = emptyNode<Step>(path);
    known.set(path, made);
    const parent = parentOf(path);
    (parent === null ? roots : nodeAt(parent).children).push(made);
    return made;
  };
  for (const step of steps) {
    const { status, startedAt, finishedAt } = step;
    Object.assign(nodeAt(step.path), { step, status, startedAt, finishedAt });
  }
  roots.forEach(complete);
  return roots;
}

function emptyNode<Step extends TreeStep>(path: string): TreeNode<Step> {
  const label = path.slice(path.lastIndexOf('/') + 1);
  const round = /\[(\d+)\]$/.exec(label)?.[1];
  return {
    ...{ path, label, step: null, round: round === undefined ? null : Number(round) },
    ...{ status: 'SUCCEEDED', startedAt: null, finishedAt: null, children: [] },
  };
}

/** `loop[3]/send` stands in `loop[3]`, which stands in `loop`. */
function parentOf(path: string): string | null {
  if (path.endsWith(']')) return path.slice(0, path.lastIndexOf('['));
  const at = path.lastIndexOf('/');
  return at === -1 ? null : path.slice(0, at);
}

/** Gives what is no step itself the state and times of what it holds. */
function complete<Step extends TreeStep>(node: TreeNode<Step>): void {
  node.children.forEach(complete);
  node.children.sort((a, b) => (a.round ?? 0) - (b.round ?? 0));
  if (node.children.length === 0) return;
  const states = node.children.map(({ status }) => status);
  if (node.step !== null) {
    // What is "running" only because something in it waits, waits.
    const isHeldUp = states.includes('WAITING') && !states.some((status) => IN_HAND.has(status));
    if (node.status === 'RUNNING' && isHeldUp) node.status = 'WAITING';
    return;
  }
  node.status = worstOf(states);
  const begins = node.children.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = node.children.map(({ finishedAt }) => finishedAt);
  node.startedAt = begins[0] ?? null;
  node.finishedAt = ends.includes(null)
    ? null
    : (ends
        .flatMap((end) => end ?? [])
        .sort()
        .at(-1) ?? null);
}

/** How a step stands: one that runs only because something in it waits, waits. Null for a path that is no step's. */
export function standingOf(steps: readonly TreeStep[], path: string): StepStatus | null {
  const find = (nodes: readonly TreeNode<TreeStep>[]): StepStatus | null => {
    for (const node of nodes) {
      if (node.path === path) return node.status;
      const inside = find(node.children);
      if (inside !== null) return inside;
    }
    return null;
  };
  return find(stepTree(steps));
}

/** Whether all of a node is done, so that nobody needs to see its parts at first. */
export function isSettled({ status }: { status: StepStatus }): boolean {
  return status === 'SUCCEEDED' || status === 'SKIPPED';
}
