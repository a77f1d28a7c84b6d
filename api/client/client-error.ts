import type { ErrorCode } from '../../workflows/errors.ts';
import type { Json } from '../../workflows/json.ts';

/** The codes of the API, and `UNREACHABLE` for an answer that never came or was none of the API's. */
export type ClientErrorCode = ErrorCode | 'UNREACHABLE';

/** What an error is made of. */
export interface ErrorFacts {
  code: ClientErrorCode;
  /** A stable key, such as `draft_changed`. */
  reason: string;
  message: string;
  details?: Json;
  /** The id by which the operator finds the request in the logs. */
  requestId?: string | null;
}

/** A refusal of the API, or an API that could not be reached. Programs switch on `code` and `reason`. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  readonly reason: string;
  readonly details: Json;
  readonly requestId: string | null;

  constructor({ code, reason, message, details, requestId }: ErrorFacts, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.reason = reason;
    this.details = details ?? null;
    this.requestId = requestId ?? null;
  }
}

/** One error of a GraphQL answer. */
export interface GraphqlErrorBody {
  message: string;
  extensions?: { code?: ErrorCode; reason?: string; details?: Json; requestId?: string };
}

/** The first error of an answer as a ClientError. */
export function errorOfAnswer(errors: readonly GraphqlErrorBody[]): ClientError {
  const [first] = errors;
  const { code = 'INTERNAL', reason = 'unexpected', details = null, requestId } = first?.extensions ?? {};
  const message = first?.message ?? 'The API refused without a reason.';
  return new ClientError({ code, reason, message, details, requestId: requestId ?? null });
}
