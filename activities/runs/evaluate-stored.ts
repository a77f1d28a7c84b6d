import {
  createExpressions,
  ExpressionError,
  type ExpressionLimits,
} from '../../workflows/expressions/index.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { EvaluateOutcome, RunKey, StepFailure } from '../../workflows/runs/activities.ts';
import { expressionView, heldIn } from '../../workflows/runs/expression-view.ts';
import { OUTPUT_BYTES, type Held, type HeldScope } from '../../workflows/runs/model.ts';
import type { RunDeps } from './deps.ts';
import { holdValue } from './hold-value.ts';

/** Bytes of JSON that one evaluation may load: two of the largest values. */
const LOADED_BYTES = 2 * OUTPUT_BYTES;

/**
 * What an evaluation over stored values may use. Measured with a list of 400,000 objects (43 MB): to filter it costs
 * 1.7 million units and 1.9 s, to sum a field 0.5 million and 0.3 s. The cost stays well below the ten seconds for
 * which a worker may keep other runs waiting.
 */
const STORED_LIMITS: Partial<ExpressionLimits> = {
  cost: 3_000_000,
  renderCost: 3_000_000,
  sequenceLength: 1_000_000,
  weight: 30_000_000,
};

/** Makes the activity that evaluates a template of which some values are stored outside the history. */
export function evaluateStored(deps: RunDeps) {
  return async (
    input: RunKey & { path: string; template: Json; scope: HeldScope },
  ): Promise<EvaluateOutcome> => {
    const rendered = await renderStored(deps, input, input);
    if ('error' in rendered) return rendered;
    return holdValue(deps.database, input, rendered);
  };
}

/** Renders a template with the values of its scope loaded. Expression errors are returned. */
export async function renderStored(
  { values }: Pick<RunDeps, 'values'>,
  key: RunKey,
  { template, scope }: { template: Json; scope: HeldScope },
): Promise<{ value: Json } | { error: StepFailure }> {
  const bytes = heldIn(scope).reduce((sum, held) => sum + ('ref' in held ? held.bytes : 0), 0);
  if (bytes > LOADED_BYTES) return { error: tooMuch(bytes) };
  const read = (held: Held) => values.read(key, held);
  try {
    return { value: createExpressions(STORED_LIMITS).render(template, await loadScope(scope, read)) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { code, message, expression, reason } = error;
    return { error: { code, message, details: { expression, reason }, retryable: false } };
  }
}

// One after the other: many values must not take many connections.
async function loadScope(scope: HeldScope, read: (held: Held) => Promise<Json>): Promise<JsonObject> {
  const loaded = new Map<Held, Json>();
  for (const held of heldIn(scope)) loaded.set(held, await read(held));
  return expressionView(scope, (held) => loaded.get(held) ?? null);
}

function tooMuch(bytes: number): StepFailure {
  const megabytes = (count: number) => Math.ceil(count / 1024 / 1024);
  return {
    code: 'EXPRESSION_LIMIT',
    message: `The results that this step reads are too large together (${megabytes(bytes)} MB; ${megabytes(LOADED_BYTES)} MB can be read). Keep only what is needed in the steps before.`,
    details: { bytes, limitBytes: LOADED_BYTES },
    retryable: false,
  };
}
