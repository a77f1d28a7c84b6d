import type { Step } from '../../definitions/model.ts';
import type { WhileStep } from '../../definitions/nodes/while.ts';
import type { Engine, Position } from '../engine.ts';
import { childNode, forgetChildren, openStep } from '../journal.ts';
import type { Held } from '../model.ts';
import type { Scope } from '../scope.ts';
import { stepError } from '../step-error.ts';

/**
 * Runs the body while the condition is true. The condition sees the results of the last iteration. Gives the output of
 * the last iteration, or null when there was none; throws LIMIT_REACHED past `maxIterations`.
 */
export async function runWhile(engine: Engine, step: WhileStep<Step>, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const open = openStep(at.node);
  for (let index = open.iterations ?? 0; ; index++) {
    if (!(await engine.evaluator.isTrue(step.condition, conditionScope(step, at, index), place))) break;
    if (index >= step.maxIterations)
      throw stepError(
        place,
        'LIMIT_REACHED',
        `The loop was still going on after ${step.maxIterations} iterations. Raise maxIterations or mend its condition.`,
        { maxIterations: step.maxIterations },
      );
    const scope = at.scope.child({ index: { value: index } });
    const segment = `[${index}]`;
    const node = childNode(at.node, segment);
    open.output = await engine.runSteps(engine, step.steps, { ...at, path: at.path + segment, node, scope });
    open.last = scope.ownSteps();
    open.iterations = index + 1;
    forgetChildren(at.node, at.again);
  }
  return open.output ?? { value: null };
}

// Before the first iteration the body's results are null, not missing: JSONata calls every comparison with a missing
// value false, `!=` included, and the loop would never begin.
function conditionScope(step: WhileStep<Step>, { scope: outer, node }: Position, index: number): Scope {
  const last = openStep(node).last ?? {};
  const scope = outer.child({ index: { value: index } });
  for (const { id } of step.steps) scope.set(id, last[id] ?? { output: { value: null } });
  return scope;
}
