import type { Json } from '../json.ts';
import type { StepFailure } from './activities.ts';
import type { Held, RunError, StepErrorCode } from './model.ts';

/** The failure of a step on its way up through the scopes, until a `try` catches it or the run ends with it. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly error: RunError;
  /** True when the same attempt may succeed later; the step's `retry` asks. */
  readonly retryable: boolean;

  constructor(error: RunError, retryable = false) {
    super(error.message);
    this.error = error;
    this.retryable = retryable;
  }
}

/** Where a failure belongs: the step's id and its path in the run. */
export interface Place {
  stepId: string;
  path: string;
}

/** The place of a path: a step's path ends with its id. */
export function placeAt(path: string): Place {
  return { stepId: path.slice(path.lastIndexOf('/') + 1), path };
}

/** A failure that the interpreter itself finds. */
// eslint-disable-next-line max-params -- read as one sentence at each of its many calls
export function stepError(
  place: Place,
  code: StepErrorCode,
  message: string,
  details: Json = null,
): StepError {
  return new StepError({ code, message, details, ...place });
}

/** A failure that an activity reported. */
export function failedStep(place: Place, failure: StepFailure): StepError {
  const { code, message, details, retryable } = failure;
  return new StepError({ code, message, details, ...place }, retryable);
}

/** Not a failure: unwinds the tree of a test run whose last step has finished. No clean-up runs on its way. */
export class TestEnded extends Error {
  override readonly name = 'TestEnded';
  readonly output: Held;

  constructor(output: Held) {
    super('The test run has come to its last step');
    this.output = output;
  }
}

/** Not a failure: unwinds the tree so that the run goes on in a new Temporal execution. */
export class ContinueInNewHistory extends Error {
  override readonly name = 'ContinueInNewHistory';
}
