import { setTimeout as pause } from 'node:timers/promises';
import type { DemoRole } from '../local/seed-demo.ts';
import { askApi, Refusal } from '../testing/graphql.ts';
import type { ClientCounts } from './model.ts';

/** A client as it should be: what gets no answer is asked again, with the same key, until there is one. */
export interface GoodClient {
  /** Asks the API as one of the people. Throws Refusal, and GaveUp when there was no answer for too long. */
  ask<T>(role: DemoRole, query: string, variables?: Record<string, unknown>): Promise<T>;
  /** Calls a webhook under an idempotency key; gives the id of the run. Throws GaveUp. */
  callHook(path: string, key: string, body: unknown): Promise<string>;
  /** How many mutations wait for their answer now. */
  changesUnderWay(): number;
  readonly counts: ClientCounts;
}

/** No answer came, however often it was asked for. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';
}

/** Where the client asks, and as whom. */
export interface GoodClientOptions {
  apiUrl: string;
  tokens: Record<DemoRole, string>;
  /** Has it give up at once. */
  signal: AbortSignal;
}

/** When it gives up, in milliseconds; far longer than any outage. */
const PATIENCE = 300_000;
const FIRST_WAIT = 100;
const LONGEST_WAIT = 2_000;
const HOOK_LIMIT = 20_000;

type Again = Exclude<keyof ClientCounts, 'requests'>;

/** Makes the client. */
export function goodClient({ apiUrl, tokens, signal }: GoodClientOptions): GoodClient {
  const counts: ClientCounts = { requests: 0, network: 0, unavailable: 0, internal: 0, rateLimited: 0 };
  let changes = 0;

  const untilAnswered = async <T>(what: string, attempt: () => Promise<T>): Promise<T> => {
    const end = Date.now() + PATIENCE;
    for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
      counts.requests += 1;
      try {
        return await attempt();
      } catch (error) {
        const again = whyAgain(error);
        if (again === null) throw error;
        counts[again] += 1;
        if (Date.now() > end || signal.aborted)
          throw new GaveUp(`${what}: ${String(error)}`, { cause: error });
        await pause(wait);
      }
    }
  };
  const asChange = async <T>(work: Promise<T>): Promise<T> => {
    changes += 1;
    return work.finally(() => (changes -= 1));
  };

  return {
    counts,
    changesUnderWay: () => changes,
    ask: (role, query, variables) => {
      const caller = { apiUrl, token: tokens[role], onAnswer: () => undefined };
      const work = untilAnswered(query.slice(0, 60), () => askApi<never>(caller, query, variables));
      return query.startsWith('mutation') ? asChange(work) : work;
    },
    callHook: (path, key, body) =>
      asChange(untilAnswered('a webhook', () => postHook(`${apiUrl}${path}`, key, body))),
  };
}

/** An answer of a webhook that starts nothing. */
class HookRefused extends Error {
  override readonly name = 'HookRefused';
  readonly status: number;

  constructor(status: number, text: string) {
    super(`The webhook answered ${status}: ${text}`);
    this.status = status;
  }
}

async function postHook(url: string, key: string, body: unknown): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(HOOK_LIMIT),
  });
  const text = await response.text();
  if (response.status !== 202) throw new HookRefused(response.status, text);
  return (JSON.parse(text) as { runId: string }).runId;
}

/** Why a call may be made again; null when its refusal stands. */
function whyAgain(error: unknown): Again | null {
  if (error instanceof HookRefused) {
    if (error.status === 429) return 'rateLimited';
    if (error.status === 503) return 'unavailable';
    return error.status >= 500 ? 'internal' : null;
  }
  if (!(error instanceof Refusal)) return 'network';
  if (error.reason === 'rate_limited') return 'rateLimited';
  if (error.reason === 'database_unavailable') return 'unavailable';
  return error.code === 'INTERNAL' ? 'internal' : null;
}
