import { classifyAction } from '../../approvals/classify-action.ts';
import type { ApprovalStep } from '../nodes/approval.ts';
import type { Finding } from './finding.ts';
import type { IssueSink } from './issue-sink.ts';
import type { StepListNode, StepNode } from './read-step-tree.ts';

/**
 * Finds Class C actions that some path reaches without a Class C approval before them. It errs on the safe side:
 * an approval counts for what follows it in its own list and deeper, and beyond its container only when the container
 * is a branch with one in every case and in `otherwise`.
 */
export function checkGates(tree: StepListNode, sink: IssueSink): void {
  checkList(tree, false, sink);
}

/** Checks a list of steps and tells whether everything after it stands behind an approval. */
function checkList(list: StepListNode, guardedBefore: boolean, sink: IssueSink): boolean {
  let guarded = guardedBefore;
  for (const node of list.nodes) {
    if (!guarded && node.step && classifyAction(node.step) === 'C') sink.addAll([gateMissing()], node);
    const parts = node.lists.map((inner) => checkList(inner, guarded, sink));
    guarded ||= isGate(node) || isGuardedBranch(node, parts);
  }
  return guarded;
}

/** True for an approval that nothing passes without a yes. Unless it says a lower class, facts make it Class C. */
function isGate({ step }: StepNode): boolean {
  return step?.kind === 'approval' && runsAndHolds(step) && holdsWhenDenied(step);
}

function holdsWhenDenied({ with: fields }: ApprovalStep): boolean {
  return fields.onDenied !== 'continue' && (fields.class === undefined || fields.class === 'C');
}

/** True for a branch whose every way leads through an approval. Without `otherwise` there is a way around. */
function isGuardedBranch({ step, lists }: StepNode, parts: boolean[]): boolean {
  if (step?.kind !== 'branch' || !runsAndHolds(step)) return false;
  return lists.some((list) => list.at[0] === 'otherwise') && parts.every((guarded) => guarded);
}

/** A step that can be skipped, or whose failure is passed over, stops nobody. */
function runsAndHolds(step: {
  when?: string | undefined;
  onError?: 'fail' | 'continue' | undefined;
}): boolean {
  return step.when === undefined && step.onError !== 'continue';
}

function gateMissing(): Finding {
  return {
    at: [],
    code: 'GATE_MISSING',
    message:
      'This step can destroy more than a chosen part of the data (Class C). Put an approval step with "class": "C" before it, where every path passes it.',
  };
}
