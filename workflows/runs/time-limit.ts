import { EFFECT_KINDS, type Step } from '../definitions/model.ts';
import type { Engine, Position } from './engine.ts';
import { openStep } from './journal.ts';
import { placeAt, stepError } from './step-error.ts';

/**
 * Runs a step's attempt within its `timeoutSeconds`. Effects keep their own time, in the activity; for the others the
 * limit is an absolute time in the journal, so that a new history does not start it again. Throws STEP_TIMED_OUT.
 */
export async function withinTimeLimit<T>(
  engine: Engine,
  { step, at }: { step: Step; at: Position },
  attempt: () => Promise<T>,
): Promise<T> {
  if (step.timeoutSeconds === undefined || isEffect(step)) return attempt();
  const open = openStep(at.node);
  open.deadline ??= engine.ports.now() + step.timeoutSeconds * 1000;
  const { inTime, result } = await before(engine, open.deadline, attempt);
  if (inTime) return result;
  throw stepError(
    placeAt(at.path),
    'STEP_TIMED_OUT',
    `The step did not finish within ${step.timeoutSeconds} seconds.`,
  );
}

/** Runs `work` until the absolute time `deadline`; then cancels it, waits until it has settled, and says so. */
export async function before<T>(
  engine: Engine,
  deadline: number,
  work: () => Promise<T>,
): Promise<{ inTime: true; result: T } | { inTime: false; result: undefined }> {
  let settled = false;
  let late = false;
  const timer = engine.ports.openScope(() => engine.ports.waitUntil(() => settled, deadline));
  const scope = engine.ports.openScope(work);
  const watch = timer.result.then(
    (inTime) => {
      late = !inTime;
      if (late) scope.cancel();
    },
    () => undefined,
  );
  try {
    return { inTime: true, result: await scope.result };
  } catch (error) {
    if (late && engine.ports.isCancellation(error)) return { inTime: false, result: undefined };
    throw error;
  } finally {
    settled = true;
    timer.cancel();
    await watch;
  }
}

function isEffect(step: Step): boolean {
  return (EFFECT_KINDS as readonly string[]).includes(step.kind);
}
