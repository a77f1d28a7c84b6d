import type { StepStatus } from './run-states.ts';
import { stepTree, worstOf, type TreeNode, type TreeStep } from './step-tree.ts';

/** How a step of a definition stands in a run, in which it may have come many times. */
export interface GraphState {
  /** Its worst state. */
  status: StepStatus;
  /** The step of the run that tells most: the selected one, or the first in the worst state. */
  path: string;
  /** How often it came to which state, the worst first. */
  counts: { status: StepStatus; count: number }[];
}

/** How each step of a definition stands, by its id. One to which the run never came is not in it. */
export function graphStates<Step extends TreeStep & { stepId: string }>(
  steps: readonly Step[],
  selected: string | null,
): Map<string, GraphState> {
  const places = new Map<string, TreeNode<Step>[]>();
  const walk = (nodes: readonly TreeNode<Step>[]): void => {
    for (const node of nodes) {
      if (node.step !== null) places.set(node.step.stepId, [...(places.get(node.step.stepId) ?? []), node]);
      walk(node.children);
    }
  };
  walk(stepTree(steps));
  return new Map([...places].map(([id, nodes]) => [id, stateOf(nodes, selected)]));
}

function stateOf(
  nodes: readonly { path: string; status: StepStatus }[],
  selected: string | null,
): GraphState {
  const counted = new Map<StepStatus, number>();
  for (const { status } of nodes) counted.set(status, (counted.get(status) ?? 0) + 1);
  const left = [...counted.keys()];
  const counts: GraphState['counts'] = [];
  while (left.length > 0) {
    const status = worstOf(left);
    left.splice(left.indexOf(status), 1);
    counts.push({ status, count: counted.get(status) ?? 0 });
  }
  const status = counts[0]?.status ?? 'SKIPPED';
  const worst = nodes.find((node) => node.status === status) ?? nodes[0];
  const path = nodes.find((node) => node.path === selected)?.path ?? worst?.path ?? '';
  return { status, path, counts };
}
