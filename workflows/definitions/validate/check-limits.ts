import { DEFINITION_LIMITS } from '../model.ts';
import type { Finding } from './finding.ts';
import type { IssueSink } from './issue-sink.ts';
import { allSteps, type StepListNode, type StepNode } from './read-step-tree.ts';

/** Holds the steps to the limits of one definition. */
export function checkLimits(tree: StepListNode, sink: IssueSink): void {
  let count = 0;
  for (const node of allSteps(tree)) {
    count++;
    if (depthOf(node) === DEFINITION_LIMITS.depth + 1) sink.addAll([tooDeep()], node);
    sink.addAll(stepFindings(node), node);
  }
  if (count > DEFINITION_LIMITS.steps) sink.addAll([tooManySteps(count)]);
}

function stepFindings({ step }: StepNode): Finding[] {
  switch (step?.kind) {
    case 'parallel':
      return above(step.branches.length, DEFINITION_LIMITS.parallelWidth, {
        at: ['branches'],
        code: 'PARALLEL_TOO_WIDE',
        message: `At most ${DEFINITION_LIMITS.parallelWidth} branches can run side by side. Use forEach for more.`,
      });
    case 'forEach':
      return above(step.concurrency ?? 1, DEFINITION_LIMITS.forEachConcurrency, {
        at: ['concurrency'],
        code: 'PARALLEL_TOO_WIDE',
        message: `At most ${DEFINITION_LIMITS.forEachConcurrency} items can run at a time; the rest wait for their turn.`,
      });
    case 'while':
      return above(step.maxIterations, DEFINITION_LIMITS.whileIterations, {
        at: ['maxIterations'],
        code: 'LOOP_TOO_LONG',
        message: `A loop can take at most ${DEFINITION_LIMITS.whileIterations} rounds.`,
      });
    default:
      return [];
  }
}

function above(value: number, most: number, finding: Finding): Finding[] {
  return value > most ? [finding] : [];
}

function depthOf(node: StepNode): number {
  let depth = 1;
  for (let owner = node.parent.owner; owner !== null; owner = owner.parent.owner) depth++;
  return depth;
}

function tooDeep(): Finding {
  const message = `Steps can be nested ${DEFINITION_LIMITS.depth} deep. Move the inner ones into a workflow of their own and call it.`;
  return { at: [], code: 'NESTED_TOO_DEEP', message };
}

function tooManySteps(count: number): Finding {
  const message = `This has ${count} steps; ${DEFINITION_LIMITS.steps} are possible. Move some into a workflow of their own and call it.`;
  return { at: ['steps'], code: 'TOO_MANY_STEPS', message };
}
