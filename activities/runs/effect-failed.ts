import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import type { StepFailure } from '../../workflows/runs/activities.ts';
import { OUTPUT_BYTES } from '../../workflows/runs/model.ts';
import type { EffectCall } from './effect-executor.ts';

/** A failure of the step, thrown from wherever it is found. */
export class EffectFailed extends Error {
  override readonly name = 'EffectFailed';
  readonly failure: StepFailure;

  constructor(failure: StepFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Something in the step's evaluated `with` that cannot work, however often it is tried. `field` is dotted. */
export function wrongField(field: string, message: string): EffectFailed {
  return new EffectFailed({
    code: 'FAILED',
    message: `${field}: ${message}`,
    details: { field },
    retryable: false,
  });
}

/** The connection of the kind that a step needs. Throws CONNECTION_MISSING when there is none, or another kind. */
export function requireConnection<Kind extends ResolvedConnection['kind']>(
  call: EffectCall,
  kind: Kind,
): Extract<ResolvedConnection, { kind: Kind }> {
  const { connection } = call;
  if (connection?.kind === kind) return connection as Extract<ResolvedConnection, { kind: Kind }>;
  const message = connection
    ? `The connection ${connection.name} is of kind ${connection.kind}. This step needs one of kind ${kind}.`
    : `This step needs a connection of kind ${kind}. Create it, or correct its name in the step.`;
  throw new EffectFailed({ code: 'CONNECTION_MISSING', message, details: { kind }, retryable: false });
}

/** OUTPUT_TOO_LARGE with a word on what to do. */
export function tooLarge(advice: string): EffectFailed {
  const message = `The answer is larger than ${OUTPUT_BYTES / 1024 / 1024} MB. ${advice}`;
  return new EffectFailed({
    code: 'OUTPUT_TOO_LARGE',
    message,
    details: { limitBytes: OUTPUT_BYTES },
    retryable: false,
  });
}
