/** The eight codes of refusals. */
export const PROBLEM_CODES = [
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'CONFLICT',
  'INVALID',
  'LIMIT_EXCEEDED',
  'PRECONDITION_FAILED',
  'INTERNAL',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Why the API did not do something: a code, a stable reason, its own words (English), and what support asks for. */
export interface Problem {
  code: ProblemCode;
  reason: string;
  message: string;
  requestId: string | null;
  /** The field of the input that is at fault, where one is. */
  field: string | null;
}

/** The API did not answer at all. */
export const API_AWAY: Problem = {
  code: 'INTERNAL',
  reason: 'api_away',
  message: '',
  requestId: null,
  field: null,
};

interface GraphqlError {
  message: string;
  extensions?: { code?: unknown; reason?: unknown; requestId?: unknown; details?: unknown };
}

/** Reads a refusal out of an error of a GraphQL answer. */
export function problemOf({ message, extensions = {} }: GraphqlError): Problem {
  const { reason, requestId, details } = extensions;
  const { field } = Object(details) as { field?: unknown };
  return {
    code: PROBLEM_CODES.find((code) => code === extensions.code) ?? 'INTERNAL',
    reason: typeof reason === 'string' ? reason : 'unknown',
    message,
    requestId: typeof requestId === 'string' ? requestId : null,
    field: typeof field === 'string' ? field : null,
  };
}
