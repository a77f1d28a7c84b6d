import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '../activities/log.ts';
import { AppModule } from './app.module.ts';
import type { Doors } from './context.ts';
import { registerFlowSchema } from './definitions/flow-schema.ts';
import { registerGraphqlHttp } from './graphql-http.ts';
import { serveGraphqlSocket } from './graphql-socket.ts';
import { registerHealth } from './health.ts';
import { registerHooks } from './hooks.ts';
import { createMetrics } from './metrics.ts';
import { registerQuickLinks } from './quick-link.ts';
import { createRateLimits, type RateSettings } from './rate-limits.ts';
import { NestLog } from './nest-log.ts';
import { registerRequestLog, requestIdOf } from './request-log.ts';
import { registerSecurityHeaders } from './security-headers.ts';
import { registerSignInDoor, type WebApp } from './sign-in/sign-in-door.ts';
import { registerClientLog } from './telemetry/client-log.ts';
import { registerTemporalCodec } from './temporal-codec.ts';

/** All that the API needs from outside. Tests bring their own. */
export interface ApiDeps extends Omit<Doors, 'publicUrl' | 'webKey'> {
  log: Log;
  production: boolean;
  host: string;
  /** Where the outside reaches the API; where it listens when left out. */
  publicUrl?: string | undefined;
  /** 0 takes any free port. */
  port: number;
  /** Throws when Temporal does not answer. */
  pingTemporal: () => Promise<void>;
  rateLimits: RateSettings;
  /** The web app beside this API; without one, nobody signs in but with API keys. */
  web?: WebApp | undefined;
  /** How often the key of a socket is checked again, in milliseconds; a minute when left out. */
  recheckEvery?: number;
}

/** A listening API. */
export interface ApiApp {
  url: string;
  schema: GraphQLSchema;
  /** Ends sockets and requests. What was given in `deps` stays open. */
  close(): Promise<void>;
}

/** Boots the API and listens. */
export async function createApp(deps: ApiDeps): Promise<ApiApp> {
  const { log, production, database } = deps;
  const metrics = createMetrics(database);
  const limits = createRateLimits(deps.rateLimits, metrics);
  const app = await createNest(log, production);
  const fastify = app.getHttpAdapter().getInstance();

  // Known when it listens, which is before the first request.
  let listensAt = '';
  const doors: Doors = {
    ...deps,
    publicUrl: () => deps.publicUrl ?? listensAt,
    webKey: deps.web?.key,
  };

  registerRequestLog(fastify, log, metrics);
  registerSecurityHeaders(fastify, production);
  registerHealth(fastify, { postgres: () => database.ping(), temporal: deps.pingTemporal }, metrics);
  registerFlowSchema(fastify);
  registerGraphqlHttp(fastify, { doors, limits, log, production });
  registerHooks(fastify, { doors, limits, log });
  registerQuickLinks(fastify, { doors, limits, log });
  if (deps.web) {
    registerSignInDoor(fastify, { database, web: deps.web, log });
    registerClientLog(fastify, { secret: deps.web.secret, log, metrics });
  }
  registerTemporalCodec(fastify, { doors, limits, log, production });
  await app.init();

  const { schema } = fastify.graphql;
  const closeSockets = serveGraphqlSocket(fastify.server, {
    doors,
    schema,
    limits,
    log,
    metrics,
    production,
    ...(deps.recheckEvery === undefined ? {} : { recheckEvery: deps.recheckEvery }),
  });
  await app.listen(deps.port, deps.host);
  const { port } = fastify.server.address() as AddressInfo;
  listensAt = `http://${deps.host}:${port}`;
  return {
    url: listensAt,
    schema,
    close: async () => {
      await closeSockets();
      await app.close();
    },
  };
}

/** Longest time that a request may take to arrive, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

/** The Nest application, not yet initialised. */
export function createNest(log: Log, production: boolean): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    genReqId: requestIdOf,
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: 'idle',
  });
  // Only JSON is taken. Without Nest's parsers Fastify's own reads it, which refuses __proto__.
  adapter.getInstance().removeContentTypeParser('text/plain');
  const options = { bodyParser: false, logger: new NestLog(log), abortOnError: false };
  return NestFactory.create<NestFastifyApplication>(AppModule.with({ production }), adapter, options);
}
