import type { Finding } from './finding.ts';
import { didYouMean } from './nearest-name.ts';
import type { StepListNode, StepNode } from './read-step-tree.ts';

/** Each step by its id. */
export type StepIndex = Map<string, StepNode>;

type Reason = Pick<Finding, 'code' | 'message'>;

/**
 * Why the result of step `id` cannot be seen from `from` (null: from the output, when all steps are over),
 * and what to do about it.
 */
export function explainInvisibleStep(id: string, from: StepNode | null, index: StepIndex): Reason {
  const target = index.get(id);
  if (!target)
    return { code: 'STEP_UNKNOWN', message: `There is no step "${id}".${didYouMean(id, index.keys())}` };
  return { code: 'STEP_NOT_VISIBLE', message: `Step "${id}" cannot be used here: ${reason(target, from)}` };
}

function reason(target: StepNode, from: StepNode | null): string {
  if (target === from) return 'it is this step itself, which has no result yet.';
  const fromLine = from ? lineOf(from) : [];
  if (fromLine.includes(target))
    return 'it holds this step and is still running. Use the results of the steps inside it.';
  const targetLine = lineOf(target);
  if (from && targetLine.includes(from)) return 'it is inside this step, which has not begun yet.';
  const meeting = targetLine.findIndex((node, i) => node !== fromLine[i]);
  const targetSide = targetLine[meeting] ?? target;
  const fromSide = fromLine[meeting];
  const shared = meeting > 0 ? targetLine[meeting - 1] : undefined;
  if (shared && fromSide && fromSide.parent !== targetSide.parent)
    return otherPart(shared, targetSide.parent, fromSide.parent);
  if (fromSide && positionOf(targetSide) > positionOf(fromSide))
    return 'it runs later. Move it before this step.';
  return `it is inside "${targetSide.id ?? targetSide.kind ?? ''}", which is over by then. Use steps.${targetSide.id ?? '<id>'}.output instead.`;
}

/** The steps that hold a step, outermost first, and the step itself. */
function lineOf(node: StepNode): StepNode[] {
  const owner = node.parent.owner;
  return owner ? [...lineOf(owner), node] : [node];
}

function otherPart(shared: StepNode, target: StepListNode, from: StepListNode): string {
  const name = shared.id ?? shared.kind ?? '';
  if (shared.kind !== 'try') return `it is in another branch of "${name}", which may not run or not be over.`;
  const parts = `${partName(target)} of "${name}"`;
  return partName(from) === 'the steps'
    ? `it is in ${parts}, which runs later.`
    : `it is in ${parts}, which may have stopped before it. Put what you need into a step before "${name}".`;
}

function partName(list: StepListNode): string {
  return list.at[0] === 'steps' ? 'the steps' : `"${String(list.at[0])}"`;
}

function positionOf(node: StepNode): number {
  return node.parent.nodes.indexOf(node);
}
