import type { Step } from '../../definitions/model.ts';
import type { BranchStep } from '../../definitions/nodes/branch.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held } from '../model.ts';

/** The number that stands for `otherwise` where cases count from 0. */
const OTHERWISE = -1;

/** Runs the steps of the first case that is true, else `otherwise`. What was chosen is journaled, not asked again. */
export async function runBranch(engine: Engine, step: BranchStep<Step>, at: Position): Promise<Held> {
  const open = openStep(at.node);
  const taken = (open.taken ??= await chooseCase(engine, step, at));
  const steps = taken === OTHERWISE ? (step.otherwise ?? []) : (step.cases[taken]?.steps ?? []);
  const scope = at.scope.child();
  const output = await engine.runSteps(engine, steps, { ...at, scope });
  if (scope.ownGrant) open.granted = scope.ownGrant;
  return output;
}

async function chooseCase(engine: Engine, step: BranchStep<Step>, at: Position): Promise<number> {
  const place = { stepId: step.id, path: at.path };
  for (const [index, one] of step.cases.entries())
    if (await engine.evaluator.isTrue(one.when, at.scope, place)) return index;
  return OTHERWISE;
}
