/** How deep a JSON value from a client may be nested: 20 steps inside each other take up to 5 levels each. */
export const MAX_JSON_DEPTH = 128;
/** The same for all variables of a request: some levels more, since values stand inside inputs. */
export const MAX_VARIABLES_DEPTH = MAX_JSON_DEPTH + 8;

/** What is wrong with a value and where (`input.definition.steps.0.id`). */
export interface JsonProblem {
  path: string;
  problem: string;
}

/**
 * Finds what makes JSON from a client impossible to store: too deep nesting, a text with a zero character or a
 * broken surrogate pair (PostgreSQL refuses both), a number without a finite value, the key `__proto__`.
 * `levels` is the nesting allowed. Returns null when all is well.
 */
export function findJsonProblem(value: unknown, levels = MAX_JSON_DEPTH, path = ''): JsonProblem | null {
  if (typeof value === 'string') return findTextProblem(value, path);
  if (typeof value === 'number' && !Number.isFinite(value))
    return { path, problem: 'this number is too large' };
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return { path, problem: `JSON may be nested ${MAX_JSON_DEPTH} levels deep` };
  for (const [key, item] of Object.entries(value)) {
    const problem =
      findKeyProblem(key, path) ?? findJsonProblem(item, levels - 1, path === '' ? key : `${path}.${key}`);
    if (problem) return problem;
  }
  return null;
}

function findKeyProblem(key: string, path: string): JsonProblem | null {
  if (key === '__proto__') return { path, problem: 'a field cannot be named __proto__' };
  return findTextProblem(key, path);
}

/** The same for one text. */
export function findTextProblem(text: string, path: string): JsonProblem | null {
  if (text.includes('\0')) return { path, problem: 'a text cannot hold the character with code 0' };
  if (LONE_SURROGATE.test(text))
    return { path, problem: 'a text holds half of a character (a lone surrogate). Send valid Unicode' };
  return null;
}

// With the flag u, a pair is one character and does not match.
const LONE_SURROGATE = /[\ud800-\udfff]/u;
