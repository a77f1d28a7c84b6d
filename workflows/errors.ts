import type { Json } from './json.ts';

/** The eight codes of every refusal, on every door. Clients switch on them; they never change. */
export const ERROR_CODES = [
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'CONFLICT',
  'INVALID',
  'LIMIT_EXCEEDED',
  'PRECONDITION_FAILED',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * A refusal that the caller can act on.
 * `reason` is a stable key (`approval_already_decided`) for programs and translation; `message` is for people;
 * `details` is data that helps to mend it, such as the issues of a definition.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: Json | undefined;

  // The four words of every refusal, always in this order.
  // eslint-disable-next-line max-params
  constructor(code: ErrorCode, reason: string, message: string, details?: Json) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}
