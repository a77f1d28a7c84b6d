import { createLogger } from '../../activities/log.ts';
import { createDispatcher, type OutboxDispatcher } from '../../activities/outbox/index.ts';
import type { QueuedMessage } from '../../activities/context.ts';
import type { ScheduleTimes } from '../../activities/schedules/index.ts';
import { createApiKey } from '../../activities/tenancy/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../../activities/testing.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { ErrorBody } from '../errors.ts';
import { createApp, type ApiApp } from '../create-app.ts';
import { openLiveFeed, type LiveFeed } from '../live-feed.ts';
import type { TemporalUi } from '../temporal-link.ts';
import type { RateSettings } from '../rate-limits.ts';
import type { WebApp } from '../sign-in/sign-in-door.ts';

/** An API on a real database. Only the sending to Temporal is replaced: `sent` holds what would have gone there. */
export interface TestApi {
  url: string;
  house: TestHouse;
  app: ApiApp;
  sent: QueuedMessage[];
  /** What was logged, one JSON line each. */
  logged: string[];
  /** How many subscriptions have begun to hear news, since the API was opened. */
  heard: { subscriptions: number };
  /** What `/readyz` finds out about Temporal. */
  temporal: { up: boolean };
  /** Sends an operation, with a key or without, and gives the answer. */
  graphql(request: GraphqlCall, key?: string | null): Promise<GraphqlAnswer>;
  /** The token of a new key of the person with this role. */
  keyOf(tenant: TestTenant, role: Role): Promise<string>;
  close(): Promise<void>;
}

export interface GraphqlCall {
  query: string;
  variables?: object;
  headers?: Record<string, string>;
}

export interface GraphqlAnswer {
  status: number;
  headers: Headers;
  data: Record<string, unknown> | null;
  errors: ErrorBody[];
}

const PLENTY = { points: 1e9, seconds: 1 };
/** Tests ask much in a short time; those of a limit set it. */
const NO_LIMITS = {
  ...{ key: PLENTY, address: PLENTY, signIn: PLENTY },
  ...{ hook: PLENTY, hookAddress: PLENTY, approve: PLENTY },
};

/** What Temporal would say of any schedule: it does not run here. */
const daily = [new Date('2030-01-01T06:00:00Z'), new Date('2030-01-02T06:00:00Z')];
const dailyTimes: ScheduleTimes = {
  next: () => Promise.resolve(daily),
  between: (_, { from }) => Promise.resolve([from]),
  preview: () => Promise.resolve(daily),
};

/** Boots the API on a free port and a database of its own. Close it at the end of the file. */
export async function openTestApi(
  options: {
    production?: boolean;
    recheckEvery?: number;
    rates?: Partial<RateSettings['rates']>;
    temporalUi?: TemporalUi;
    scheduleTimes?: ScheduleTimes;
    web?: WebApp;
  } = {},
): Promise<TestApi> {
  const house = await openTestHouse();
  const sent: QueuedMessage[] = [];
  const logged: string[] = [];
  const temporal = { up: true };
  const log = createLogger({ level: 'info', pretty: false }, { write: (line) => void logged.push(line) });
  const dispatcher: OutboxDispatcher = createDispatcher({
    database: house.database,
    log,
    send: async (message) => void sent.push(message),
  });
  const heard = { subscriptions: 0 };
  const feed = openLiveFeed(house.test.appUrl, log);
  const live: LiveFeed = {
    ...feed,
    listen: (tenantId, listener) => {
      heard.subscriptions += 1;
      return feed.listen(tenantId, listener);
    },
  };
  const app = await createApp({
    scheduleTimes: options.scheduleTimes ?? dailyTimes,
    ...{ ...house.platform, dispatcher, live, log, production: options.production ?? false },
    ...{ host: '127.0.0.1', port: 0 },
    rateLimits: { trustedProxies: 0, rates: { ...NO_LIMITS, ...options.rates } },
    pingTemporal: async () => {
      if (!temporal.up) throw new Error('Temporal is away');
    },
    ...(options.recheckEvery === undefined ? {} : { recheckEvery: options.recheckEvery }),
    temporalUi: options.temporalUi,
    web: options.web,
  });
  return {
    ...{ url: app.url, house, app, sent, logged, heard, temporal },
    graphql: (request, key) => post(app.url, request, key ?? null),
    keyOf: async (tenant, role) => {
      const ctx = tenant.as(role);
      // As the platform would give it: not every role may make keys itself.
      const all = tenant.as('owner').permissions;
      const { token } = await createApiKey({ ...ctx, permissions: all }, { name: `Key of the ${role}` });
      return token;
    },
    close: async () => {
      await app.close();
      await live.close();
      await dispatcher.stop();
      await house.close();
    },
  };
}

async function post(url: string, call: GraphqlCall, key: string | null): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...call.headers,
    },
    body: JSON.stringify({ query: call.query, variables: call.variables }),
  });
  const body = (await response.json()) as Partial<Pick<GraphqlAnswer, 'data' | 'errors'>>;
  const { status, headers } = response;
  return { status, headers, data: body.data ?? null, errors: body.errors ?? [] };
}
