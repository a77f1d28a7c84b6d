import type { Json, JsonObject } from '../json.ts';
import type { Held, HeldScope } from './model.ts';

/** A scope as expressions see it: `input`, `steps`, `run` and the loop variables. `read` gives the value of each part. */
export function expressionView(scope: HeldScope, read: (held: Held) => Json): JsonObject {
  const steps: JsonObject = {};
  for (const [id, { output, error }] of Object.entries(scope.steps))
    steps[id] = { output: read(output), ...(error && { error: { ...error } }) };
  const vars = Object.entries(scope.vars).map(([name, held]) => [name, read(held)] as const);
  return { ...Object.fromEntries(vars), input: read(scope.input), steps, run: { ...scope.run } };
}

/** Every value that a scope holds. */
export function heldIn(scope: HeldScope): Held[] {
  return [
    scope.input,
    ...Object.values(scope.steps).map((step) => step.output),
    ...Object.values(scope.vars),
  ];
}
