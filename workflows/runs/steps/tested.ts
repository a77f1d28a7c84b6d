import { requiredClass } from '../../approvals/classify-action.ts';
import { ownAction } from '../../approvals/guarded-actions.ts';
import { highestClass } from '../../approvals/highest-class.ts';
import { EFFECT_KINDS, type Step } from '../../definitions/model.ts';
import { covers, passGate, type Gate } from '../approval-gate.ts';
import type { Engine, Position } from '../engine.ts';
import type { Held } from '../model.ts';
import { StepError, stepError } from '../step-error.ts';
import type { TestRun } from '../test-run.ts';

/**
 * One attempt of a step, as the test run wants it: the result that is given to it, or its work. Without a given result
 * an effect fails with NOT_PINNED, unless the test run does effects.
 */
export async function runTested(
  engine: Engine,
  { step, at }: { step: Step; at: Position },
  work: (at: Position) => Promise<Held>,
): Promise<Held> {
  const { test } = engine;
  const place = { stepId: step.id, path: at.path };
  if (test === null) return actsOutside(step) ? engine.evaluator.keep(await work(at), place) : work(at);
  const pin = test.pinOf(step);
  if (pin && 'error' in pin) throw new StepError({ ...pin.error, details: null, ...place });
  if (pin) return engine.evaluator.hold(pin.output, place);
  if (!actsOutside(step)) return work(at);
  if (test.plan.unpinnedEffects === 'RUN') return work(await askedFor(engine, { step, at }, test));
  throw stepError(
    place,
    'NOT_PINNED',
    `This test run does nothing outside, and has no result for "${step.id}". Give one in pins, or set unpinnedEffects to RUN.`,
  );
}

function actsOutside({ kind }: Step): boolean {
  return kind === 'callWorkflow' || EFFECT_KINDS.some((effect) => effect === kind);
}

// Given results, or a start in the middle, may lead round the approvals that the definition puts before an action. Who
// tests is then asked for one at the action itself.
async function askedFor(
  engine: Engine,
  { step, at }: { step: Step; at: Position },
  test: TestRun,
): Promise<Position> {
  const action = ownAction(step);
  const guard = action && test.guardOf(step);
  if (!guard || guard === 'A' || covers(at.scope.granted, guard)) return at;
  const own = requiredClass({ action: action.class, stage: engine.run.launchStage });
  const needed = highestClass([guard, own]) ?? guard;
  const gate: Gate = { title: action.summary, details: null, class: needed, guards: [action] };
  const { status, request } = await passGate(engine, { step, at }, () => Promise.resolve(gate));
  if (status !== 'APPROVED')
    throw stepError(
      { stepId: step.id, path: at.path },
      `APPROVAL_${status}`,
      `The approval "${request.plan.title}" was not given, so this test run does not do it.`,
    );
  const scope = at.scope.child();
  scope.grant(needed);
  return { ...at, scope };
}
