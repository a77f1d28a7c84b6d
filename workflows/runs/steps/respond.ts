import type { RespondStep } from '../../definitions/nodes/respond.ts';
import { isJsonObject } from '../../json.ts';
import type { Engine, Position } from '../engine.ts';
import type { Held } from '../model.ts';
import { stepError } from '../step-error.ts';
import { asNumber, asText } from './as-text.ts';

/** Sets the run's answer to whoever started it; the run goes on. The first answer stands. */
export async function runRespond(engine: Engine, step: RespondStep, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const { status = 200, headers = {}, body = null } = step.with;
  const code = asNumber(await engine.evaluator.value(status, at.scope, place), 'status', place);
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw stepError(
      place,
      'EXPRESSION_FAILED',
      `status must be a whole number from 200 to 599; it is ${code}.`,
      { field: 'status' },
    );
  const evaluated = await engine.evaluator.value(headers, at.scope, place);
  const texts = isJsonObject(evaluated)
    ? Object.entries(evaluated).map(([name, value]) => [name, asText(value)])
    : [];
  // Evaluated even when it comes too late, so that what becomes of the step does not hang on another one's time.
  engine.respond({
    status: code,
    headers: Object.fromEntries(texts) as Record<string, string>,
    body: await engine.evaluator.value(body, at.scope, place),
  });
  return { value: null };
}
