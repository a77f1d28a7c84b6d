import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../activities/context.ts';
import { DomainError } from '../workflows/errors.ts';
import { clientAddress } from './client-address.ts';
import type { GraphqlContext } from './context.ts';
import type { Cost } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { RateLimited, type RateKind } from './rate-limited.ts';
import { noteRequest } from './request-log.ts';
import { TokenBuckets, type Rate } from './token-buckets.ts';

/** How much of each is let through, and how many proxies of ours stand in front. */
export interface RateSettings {
  rates: Record<RateKind, Rate>;
  trustedProxies: number;
}

/**
 * What is let through when nothing else is set. A request costs 1 point and 1 more for each begun 100 of its cost,
 * so a small one costs 2 and the largest 501: one key may go at about the pace of one process.
 */
export const DEFAULT_RATES: Record<RateKind, Rate> = {
  key: { points: 6_000, seconds: 10 },
  address: { points: 1_200, seconds: 10 },
  signIn: { points: 30, seconds: 60 },
  hook: { points: 3_000, seconds: 10 },
  hookAddress: { points: 6_000, seconds: 10 },
  approve: { points: 60, seconds: 60 },
};

/** The limits of one process. All that is refused throws, or is answered as, RateLimited. */
export interface RateLimits {
  /** Begins the accounts of one request or socket. Throws when its address or key may do nothing now. */
  caller(request: IncomingMessage, authorization: unknown): CallerLimits;
  /**
   * For a route of another door, as its `onRequest` (or `preHandler`): it answers 429 with `Retry-After` and
   * `{ error: { reason, message, retryAfterSeconds }, requestId }`, and the handler is not called. `hook` counts by the
   * route's parameter `token` and by address, `approve` by address.
   */
  guard(door: 'hook' | 'approve'): (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** Who asks, as far as it is known: an address, then perhaps a key. */
export interface CallerLimits {
  /** Notes how signing in went: a key that is not valid counts against its address. */
  signedIn(context: GraphqlContext): void;
  /** Takes what an operation costs. Throws RateLimited. */
  spend(cost: Cost): void;
}

/** So many keys are remembered as valid; one that is forgotten counts for its address once again. */
const MAX_KNOWN = 10_000;
const COST_OF_A_POINT = 100;

/** Makes the limits of this process. They are in its memory: a restart begins anew. */
export function createRateLimits({ rates, trustedProxies }: RateSettings, metrics: Metrics): RateLimits {
  const buckets = bucketsOf(rates);
  const take = (kind: RateKind, name: string, points = 1): void => {
    const seconds = buckets[kind].take(name, points);
    if (seconds === 0) return;
    metrics.rateLimited(kind);
    throw new RateLimited(kind, seconds);
  };
  // SHA-256 of a header that signed in, to the id of its key: a valid key works although others from its address
  // are guessed.
  const known = new Map<string, string>();
  // Those that are being looked up: many calls with one key, right after a start, are one guess.
  const asked = new Map<string, string>();

  return {
    caller: (request, authorization) => {
      const address = clientAddress(request, trustedProxies);
      const header = typeof authorization === 'string' && authorization !== '' ? sha256(authorization) : null;
      let key = header === null ? null : (known.get(header) ?? null);
      if (key === null) take('address', address);
      else take('key', key);
      const guess = header !== null && key === null && !asked.has(header);
      // Taken first and given back, so that many guesses at once are not all let through.
      if (guess) {
        take('signIn', address);
        remember(asked, header, address);
      }
      return {
        signedIn: ({ caller }) => {
          if (header === null) return;
          if (guess) asked.delete(header);
          key = 'ctx' in caller ? accountOf(caller.ctx.actor) : null;
          if (key === null) known.delete(header);
          else remember(known, header, key);
          const isFault = 'refusal' in caller && !isRefusalOfKey(caller.refusal);
          if (guess && (key !== null || isFault)) buckets.signIn.giveBack(address, 1);
        },
        spend: ({ requested }) => {
          const points = Math.ceil(requested / COST_OF_A_POINT);
          if (key === null) take('address', address, points);
          else take('key', key, points);
        },
      };
    },
    guard: (door) => async (request, reply) => {
      try {
        const address = clientAddress(request.raw, trustedProxies);
        take(door === 'hook' ? 'hookAddress' : 'approve', address);
        const { token } = Object(request.params) as { token?: unknown };
        if (door === 'hook') take('hook', sha256(String(token)));
      } catch (error) {
        if (!(error instanceof RateLimited)) throw error;
        noteRequest(request, { operation: `${door}.limited`, code: error.code });
        await sendRefusal(reply, error);
      }
    },
  };
}

function bucketsOf(rates: Record<RateKind, Rate>): Record<RateKind, TokenBuckets> {
  const made = Object.entries(rates).map(([kind, rate]) => [kind, new TokenBuckets(rate)] as const);
  return Object.fromEntries(made) as Record<RateKind, TokenBuckets>;
}

async function sendRefusal(reply: FastifyReply, refusal: RateLimited): Promise<void> {
  const { reason, message, retryAfterSeconds } = refusal;
  const error = { reason, message, retryAfterSeconds };
  await reply
    .code(429)
    .header('retry-after', String(retryAfterSeconds))
    .send({ error, requestId: reply.request.id });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** The oldest goes first. */
function remember(known: Map<string, string>, header: string, key: string): void {
  known.delete(header);
  known.set(header, key);
  if (known.size > MAX_KNOWN) known.delete(known.keys().next().value ?? '');
}

/** The key by which a caller signed in, or the person of a session. */
function accountOf(actor: Actor): string | null {
  if (actor.kind === 'person') return actor.apiKeyId ?? actor.personId;
  return actor.kind === 'service' ? actor.apiKeyId : null;
}

/** Refusals of what the web signed: nobody guessed. */
const OF_SESSIONS = new Set(['session_ended', 'not_a_member']);

function isRefusalOfKey(refusal: unknown): boolean {
  return (
    refusal instanceof DomainError && refusal.code === 'UNAUTHENTICATED' && !OF_SESSIONS.has(refusal.reason)
  );
}
