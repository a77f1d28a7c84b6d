import type { KeyObject } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Ctx, Dispatcher } from '../activities/context.ts';
import { authenticateSession, type SignedIn } from '../activities/sign-in/index.ts';
import { authenticateApiKey } from '../activities/tenancy/index.ts';
import type { Database } from '../prisma/database.ts';
import type { Keyring } from '../temporal/keyring.ts';
import type { LaunchStage } from '../workflows/launch-stage.ts';
import { DomainError } from '../workflows/errors.ts';
import type { ScheduleTimes } from '../activities/schedules/index.ts';
import type { LiveFeed } from './live-feed.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { looksLikeWebToken, readWebToken } from './sign-in/web-token.ts';
import type { TemporalUi } from './temporal-link.ts';

/** What the API hands to every request. */
export interface Doors {
  database: Database;
  dispatcher: Dispatcher;
  live: LiveFeed;
  keyring: Keyring;
  launchStage: LaunchStage;
  /** What Temporal knows of the times of schedules. */
  scheduleTimes: ScheduleTimes;
  /** Where the outside reaches this API: the beginning of the addresses that it hands out, without a slash at the end. */
  publicUrl: () => string;
  /** Verifies the tokens of the web app; left out where there is none. */
  webKey?: KeyObject | undefined;
  /** Left out where nobody told us of Temporal's web interface. */
  temporalUi?: TemporalUi | undefined;
}

/** The GraphQL context: of one request over HTTP, or of one socket. Never kept longer. */
export interface GraphqlContext {
  requestId: string;
  live: LiveFeed;
  scheduleTimes: ScheduleTimes;
  publicUrl: () => string;
  temporalUi: TemporalUi | null;
  /** Who calls, or why we do not know; fields that need nobody still answer. */
  caller: { ctx: Ctx; loaders: Loaders } | { refusal: unknown };
}

/** Signs the caller in by the header `Authorization: Bearer <API key or token of the web>` and makes the context. Never throws. */
export async function makeContext(
  doors: Doors,
  requestId: string,
  authorization: unknown,
): Promise<GraphqlContext> {
  const { live, scheduleTimes, publicUrl, temporalUi = null } = doors;
  const shared = { requestId, live, scheduleTimes, publicUrl, temporalUi };
  try {
    const ctx = await signIn(doors, requestId, authorization);
    return { ...shared, caller: { ctx, loaders: createLoaders(ctx) } };
  } catch (refusal) {
    return { ...shared, caller: { refusal } };
  }
}

/** The caller behind an authorization header. Throws UNAUTHENTICATED with the reason. */
export async function signIn(doors: Doors, requestId: string, authorization: unknown): Promise<Ctx> {
  if (typeof authorization !== 'string' || authorization === '')
    throw new DomainError(
      'UNAUTHENTICATED',
      'key_missing',
      'Send an API key in the header "Authorization: Bearer <your key>".',
    );
  const token = /^Bearer +([\x21-\x7e]{1,2000})$/i.exec(authorization)?.[1] ?? '';
  const found =
    doors.webKey !== undefined && looksLikeWebToken(token)
      ? await bySession(doors.database, doors.webKey, token)
      : await authenticateApiKey(doors.database, token);
  if (found === null)
    throw new DomainError(
      'UNAUTHENTICATED',
      'key_invalid',
      'This API key is not valid. It may be mistyped, expired or revoked.',
    );
  const { tenantId, actor, permissions } = found;
  const { database, dispatcher, keyring, launchStage } = doors;
  return { tenantId, actor, permissions, requestId, database, dispatcher, keyring, launchStage };
}

/** Who a token of the web stands for. Throws UNAUTHENTICATED `session_ended` or `not_a_member`. */
async function bySession(database: Database, key: KeyObject, token: string): Promise<SignedIn | null> {
  const claims = await readWebToken(key, token);
  if (claims === null) return null;
  const found = await authenticateSession(database, claims);
  if (found === 'ended')
    throw new DomainError('UNAUTHENTICATED', 'session_ended', 'You were signed out. Please sign in again.');
  if (found === 'foreign')
    throw new DomainError(
      'UNAUTHENTICATED',
      'not_a_member',
      'You are not a member of this organisation. Choose another one.',
    );
  return found;
}

/** The caller of this context with the loaders of this request. Throws what sign-in threw. */
export function callerOf(context: GraphqlContext): { ctx: Ctx; loaders: Loaders } {
  if ('refusal' in context.caller) throw context.caller.refusal;
  return context.caller;
}

/** Resolver parameter: who calls. A request without a valid key gets UNAUTHENTICATED. */
export const CurrentCtx = createParamDecorator(
  (_: unknown, host: ExecutionContext): Ctx => callerOf(contextOf(host)).ctx,
);

/** Resolver parameter: the loaders of this request, which read many things at once. */
export const CurrentLoaders = createParamDecorator(
  (_: unknown, host: ExecutionContext): Loaders => callerOf(contextOf(host)).loaders,
);

function contextOf(host: ExecutionContext): GraphqlContext {
  return GqlExecutionContext.create(host).getContext<GraphqlContext>();
}
