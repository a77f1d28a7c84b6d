import type { Step } from '../definitions/model.ts';
import type { Retry } from '../definitions/step-fields.ts';
import type { StepError } from './step-error.ts';

/** Codes that another try cannot mend: a person's word, and what the definition itself says. */
const FINAL_CODES = new Set<string>([
  'APPROVAL_DENIED',
  'APPROVAL_EXPIRED',
  'APPROVAL_WITHDRAWN',
  'EXPRESSION_FAILED',
  'EXPRESSION_LIMIT',
  'NOT_PINNED',
]);

const CONTAINERS = new Set<Step['kind']>(['branch', 'parallel', 'forEach', 'while', 'try']);

/**
 * True when the step asks for another attempt and the failure allows it. An effect is tried again when its failure may
 * pass (a 503, a lost connection, a time-out); a container, a called workflow or a wait after any failure but a final one.
 */
export function shouldRetry(step: Step, failure: StepError, attempt: number): boolean {
  if (!step.retry || attempt >= step.retry.attempts || FINAL_CODES.has(failure.error.code)) return false;
  const whole = CONTAINERS.has(step.kind) || step.kind === 'callWorkflow' || step.kind === 'wait';
  return whole || failure.retryable || failure.error.code === 'STEP_TIMED_OUT';
}

/** Milliseconds to wait after the given failed attempt: `firstDelaySeconds` × `factor`^(attempt − 1), capped. */
export function retryDelay(retry: Retry | undefined, attempt: number): number {
  const { firstDelaySeconds = 1, factor = 2, maxDelaySeconds = 60 } = retry ?? {};
  return 1000 * Math.min(maxDelaySeconds, firstDelaySeconds * factor ** (attempt - 1));
}
