import type { FailStep } from '../../definitions/nodes/fail.ts';
import type { Engine, Position } from '../engine.ts';
import type { Held } from '../model.ts';
import { StepError } from '../step-error.ts';
import { asText } from './as-text.ts';

/** Ends the scope with the step's own message and code. */
export async function runFail(engine: Engine, step: FailStep, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const message = asText(await engine.evaluator.value(step.with.message, at.scope, place));
  throw new StepError({ code: step.with.code ?? 'FAILED', message, details: null, ...place });
}
