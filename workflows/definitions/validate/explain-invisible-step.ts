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
  const targetLine = lineOf(target);
  const fromLine = from ? lineOf(from) : [];
  if (fromLine.includes(target))
    return 'it holds this step and is still running. Use the results of the steps inside it.';
  if (from && targetLine.includes(from)) return 'it is inside this step, which has not begun yet.';
  const meeting = targetLine.findIndex((node, i) => node !== fromLine[i]);
  return siblingReason(targetLine[meeting] ?? target, fromLine[meeting]);
}

/** Why a step cannot be seen, told of the outermost steps that hold only it and only what wants to see it. */
function siblingReason(target: StepNode, from: StepNode | undefined): string {
  if (from && from.parent !== target.parent) return otherPart(target.parent, from.parent);
  if (from && positionOf(target) > positionOf(from)) return 'it runs later. Move it before this step.';
  const { name, result } = wordsFor(target);
  return `it is inside ${name}, which is over by then. Use ${result} instead.`;
}

function otherPart(target: StepListNode, from: StepListNode): string {
  const { name } = wordsFor(target.owner);
  if (target.owner?.kind !== 'try')
    return `it is in another branch of ${name}, which may not run or not be over.`;
  const part = `${partName(target)} of ${name}`;
  if (partName(from) === 'the steps') return `it is in ${part}, which runs later.`;
  return `it is in ${part}, which may have stopped before it. Put what you need into a step before ${name}.`;
}

function wordsFor(node: StepNode | null): { name: string; result: string } {
  if (!node?.id) return { name: 'a step without an id', result: 'its output' };
  return { name: `"${node.id}"`, result: resultOf(node.id) };
}

/** How an expression names the result of a step. */
export function resultOf(id: string): string {
  return `steps.${id.includes('-') ? `\`${id}\`` : id}.output`;
}

/** The steps that hold a step, outermost first, and the step itself. */
function lineOf(node: StepNode): StepNode[] {
  const owner = node.parent.owner;
  return owner ? [...lineOf(owner), node] : [node];
}

function partName(list: StepListNode): string {
  return list.at[0] === 'steps' ? 'the steps' : `"${String(list.at[0])}"`;
}

function positionOf(node: StepNode): number {
  return node.parent.nodes.indexOf(node);
}
