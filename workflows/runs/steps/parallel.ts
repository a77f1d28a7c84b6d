import type { Step } from '../../definitions/model.ts';
import type { ParallelStep } from '../../definitions/nodes/parallel.ts';
import type { Engine, Position } from '../engine.ts';
import { childNode, finishNode } from '../journal.ts';
import type { Held } from '../model.ts';
import { settleAll } from './settle-all.ts';

/** Runs all branches side by side. Gives an object by branch id. */
export async function runParallel(engine: Engine, step: ParallelStep<Step>, at: Position): Promise<Held> {
  const outputs = await settleAll(
    engine,
    step.branches.map((branch) => async () => {
      const node = childNode(at.node, branch.id);
      if (node.done) return node.done.output;
      const output = await engine.runSteps(engine, branch.steps, {
        ...at,
        path: `${at.path}/${branch.id}`,
        node,
        scope: at.scope.child(),
      });
      finishNode(node, { output }, at.again);
      return output;
    }),
  );
  const byId = Object.fromEntries(
    step.branches.map((branch, i) => [branch.id, outputs[i] ?? { value: null }]),
  );
  return engine.evaluator.fields(byId, { stepId: step.id, path: at.path });
}
