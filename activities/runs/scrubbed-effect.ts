import type { Json } from '../../workflows/json.ts';
import type { StepFailure } from '../../workflows/runs/activities.ts';
import { createScrubber, secretValues, type Scrubber } from '../connections/index.ts';
import { BodyTooLarge, EgressRefused } from '../egress/index.ts';
import { EffectFailed, tooLarge } from './effect-failed.ts';
import type { EffectCall, EffectResult } from './effect-executor.ts';

/**
 * Does the work of one attempt, and turns everything that it throws into a step failure; only an aborted signal's
 * reason is thrown. Output, message and details are scrubbed.
 */
export async function scrubbedEffect(
  call: EffectCall,
  work: (scrubber: Scrubber) => Promise<Json>,
  describe: (error: unknown) => StepFailure,
): Promise<EffectResult> {
  const scrubber = createScrubber(call.connection ? secretValues(call.connection) : []);
  try {
    return { output: scrubber.json(await work(scrubber)) };
  } catch (error) {
    call.signal.throwIfAborted();
    const failure = failureOf(error, describe);
    const message = scrubber.text(failure.message);
    return { error: { ...failure, message, details: scrubber.json(failure.details) } };
  }
}

function failureOf(error: unknown, describe: (error: unknown) => StepFailure): StepFailure {
  if (error instanceof EffectFailed) return error.failure;
  if (error instanceof BodyTooLarge) return tooLarge('Ask for less at a time.').failure;
  if (!(error instanceof EgressRefused)) return describe(error);
  const { reason, host, port, message } = error;
  return { code: 'EGRESS_REFUSED', message, details: { reason, host, port }, retryable: false };
}
