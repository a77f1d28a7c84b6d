import type { Json, JsonObject } from '../json.ts';
import { createExpressions, ExpressionError } from './index.ts';

/** A workflow for the test beside: each source's value, or the reason why it has none. */
export async function evaluateAll(sources: string[], scope: JsonObject): Promise<Json[]> {
  const expressions = createExpressions();
  return sources.map((source) => {
    try {
      return expressions.evaluate(source, scope);
    } catch (error) {
      if (error instanceof ExpressionError) return { refused: error.reason };
      throw error;
    }
  });
}
