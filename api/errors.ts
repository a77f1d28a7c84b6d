import { GraphQLError, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../activities/log.ts';
import { isDatabaseAway } from '../prisma/database-away.ts';
import { DomainError, type ErrorCode } from '../workflows/errors.ts';
import type { Json } from '../workflows/json.ts';
import { RateLimited } from './rate-limited.ts';
import { readRequestError } from './request-error.ts';

/** An error as clients get it. `reason` is stable; `details` helps to mend it; `requestId` finds it in the logs. */
export interface ErrorBody extends GraphQLFormattedError {
  extensions: {
    code: ErrorCode;
    reason: string;
    details: Json;
    requestId: string;
    /** With `rate_limited` only: when to come again. */
    retryAfterSeconds?: number;
  };
}

/** What the mapping of errors needs to know about the request. */
export interface ErrorScope {
  requestId: string;
  log: Log;
  /** Leaves "Did you mean …?" out, which would tell the schema to strangers. */
  production: boolean;
  document: DocumentNode | null;
}

/** Turns any error of a GraphQL request into what the client may see. Unknown errors are logged and masked. */
export function toErrorBody(error: unknown, scope: ErrorScope): ErrorBody {
  const located = error instanceof GraphQLError ? placeOf(error) : {};
  const cause = rootCause(error);
  if (cause instanceof DomainError) return { ...located, ...domainError(cause, scope.requestId) };
  if (cause instanceof GraphQLError && isRequestFault(cause, located))
    return { ...located, ...requestFault(error as GraphQLError, scope) };
  return { ...located, ...internalError(cause, scope) };
}

/** A refusal as clients get it, for the doors beside GraphQL too. */
export function domainError(error: DomainError, requestId: string): ErrorBody {
  const { code, reason, message, details } = error;
  const when = error instanceof RateLimited ? { retryAfterSeconds: error.retryAfterSeconds } : {};
  return { message, extensions: { code, reason, details: details ?? null, requestId, ...when } };
}

/** An unexpected error: logged whole, answered with an id only. */
export function internalError(error: unknown, scope: Pick<ErrorScope, 'requestId' | 'log'>): ErrorBody {
  const { requestId, log } = scope;
  if (isDatabaseAway(error)) {
    log.error({ requestId, err: error }, 'The database does not answer');
    const message = `The database does not answer at the moment. Try again in a minute. Id of the request: ${requestId}`;
    return {
      message,
      extensions: { code: 'INTERNAL', reason: 'database_unavailable', details: null, requestId },
    };
  }
  log.error({ requestId, err: error }, 'A request failed for a reason nobody foresaw');
  const message = `Something went wrong on our side. Quote this id when you ask for help: ${requestId}`;
  return { message, extensions: { code: 'INTERNAL', reason: 'unexpected', details: null, requestId } };
}

function placeOf(error: GraphQLError): Pick<GraphQLFormattedError, 'path' | 'locations'> {
  return {
    ...(error.locations ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
  };
}

/** The error that was thrown, out of the GraphQL errors wrapped around it. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

// With a path, GraphQL was running already: only a bad argument is the client's fault then, and a value that a
// type could not serialise is ours.
function isRequestFault(cause: GraphQLError, located: Pick<GraphQLFormattedError, 'path'>): boolean {
  return (
    located.path === undefined ||
    typeof cause.extensions['code'] === 'string' ||
    /^Argument "/.test(cause.message)
  );
}

function requestFault(error: GraphQLError, scope: ErrorScope): ErrorBody {
  const { requestId } = scope;
  const given = error.extensions as { code?: ErrorCode; reason?: string; details?: Json };
  if (given.code)
    return {
      message: error.message,
      extensions: {
        code: given.code,
        reason: given.reason ?? 'refused',
        details: given.details ?? null,
        requestId,
      },
    };
  const { message, field } = readRequestError(error, scope.document);
  const shown = scope.production ? message.replace(/ Did you mean [\s\S]*\?$/, '') : message;
  const reason = message.startsWith('Syntax Error') ? 'syntax_error' : 'request_invalid';
  return {
    message: shown,
    extensions: { code: 'INVALID', reason, details: field === null ? null : { field }, requestId },
  };
}
