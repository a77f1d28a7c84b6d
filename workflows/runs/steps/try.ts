import type { Step } from '../../definitions/model.ts';
import type { TryStep } from '../../definitions/nodes/try.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held, OpenStep } from '../model.ts';
import { StepError } from '../step-error.ts';

type Outcome = NonNullable<OpenStep['outcome']>;

/**
 * Runs the body; a failure goes to `catch`, which sees `error`; `finally` runs in any case. Each part that ended is
 * journaled. A cancellation is not an error: it passes `catch`, and `finally` runs as clean-up that it cannot reach.
 */
export async function runTry(engine: Engine, step: TryStep<Step>, at: Position): Promise<Held> {
  const open = openStep(at.node);
  try {
    open.outcome ??= await bodyAndCatch(engine, step, at);
  } catch (error) {
    if (!engine.ports.isCancellation(error) || engine.test?.ended) throw error;
    await engine.ports.shield(() => cleanUp(engine, step, { ...at, shielded: true }));
    throw error;
  }
  await cleanUp(engine, step, at);
  if ('error' in open.outcome) throw new StepError(open.outcome.error);
  return open.outcome.output;
}

async function bodyAndCatch(engine: Engine, step: TryStep<Step>, at: Position): Promise<Outcome> {
  const open = openStep(at.node);
  const run = async (steps: Step[], vars: Record<string, Held>): Promise<Outcome> => {
    const scope = at.scope.child(vars);
    const output = await engine.runSteps(engine, steps, { ...at, scope });
    if (scope.ownGrant) open.granted = scope.ownGrant;
    return { output };
  };
  if (!open.caught) {
    const outcome = await asOutcome(() => run(step.steps, {}));
    if (!('error' in outcome) || !step.catch) return outcome;
    open.caught = outcome.error;
  }
  const error = { value: { ...open.caught } };
  return asOutcome(() => run(step.catch ?? [], { error }));
}

async function cleanUp(engine: Engine, step: TryStep<Step>, at: Position): Promise<void> {
  if (step.finally) await engine.runSteps(engine, step.finally, { ...at, scope: at.scope.child() });
}

async function asOutcome(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StepError) return { error: error.error };
    throw error;
  }
}
