import type { TransformStep } from '../../definitions/nodes/transform.ts';
import type { Engine, Position } from '../engine.ts';
import type { Held } from '../model.ts';

/** The value, with every template in it evaluated. */
export async function runTransform(engine: Engine, step: TransformStep, at: Position): Promise<Held> {
  return engine.evaluator.render(step.with.value, at.scope, { stepId: step.id, path: at.path });
}
