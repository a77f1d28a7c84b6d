import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, specifiedRules, validate, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Context, type ServerOptions } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Log } from '../activities/log.ts';
import { DomainError } from '../workflows/errors.ts';
import { makeContext, signIn, type Doors, type GraphqlContext } from './context.ts';
import { toErrorBody, type ErrorScope } from './errors.ts';
import { checkParameters, readOperation } from './graphql-request.ts';
import { documentRules } from './document-rules.ts';
import { checkLimits, type Cost } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { RateLimited } from './rate-limited.ts';
import type { CallerLimits, RateLimits } from './rate-limits.ts';
import { carrySocket } from './socket-transport.ts';

/** The parts that GraphQL over WebSocket needs. */
export interface GraphqlSocket {
  doors: Doors;
  schema: GraphQLSchema;
  limits: RateLimits;
  log: Log;
  metrics: Metrics;
  production: boolean;
  /** How often a socket's key is checked again, in milliseconds. */
  recheckEvery?: number;
}

export const SOCKET_LIMITS = {
  /** Bytes of one message. */
  message: 100 * 1024,
  subscriptions: 50,
  recheckEvery: 60_000,
  /** Pings keep proxies from closing a quiet socket, and find dead ones. */
  pingEvery: 15_000,
} as const;

/** How long sockets may take to say goodbye, in milliseconds. */
const CLOSE_TIMEOUT = 1_000;

/** The code of RFC 6455 with which a client may come again. */
const TRY_AGAIN_LATER = 1013;

/** What a socket remembers. */
interface Socket {
  socket: WebSocket;
  request: IncomingMessage;
  requestId: string;
  graphql?: GraphqlContext;
  caller?: CallerLimits;
  authorization?: unknown;
  recheck?: NodeJS.Timeout;
}
type SocketContext = Context<Record<string, unknown>, Socket>;

/** What the operations that run cost, for their answers. */
const costs = new WeakMap<ExecutionArgs, Cost>();

/**
 * Serves subscriptions at `/graphql` by the protocol graphql-transport-ws. The key comes in the payload of
 * `connection_init` (`{ authorization: "Bearer …" }`) or in the header. Returns a function that closes all sockets.
 */
export function serveGraphqlSocket(server: Server, parts: GraphqlSocket): () => Promise<void> {
  const { log, metrics } = parts;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: SOCKET_LIMITS.message, handleProtocols });
  const protocol = makeServer(serverOptions(parts));
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const path = (request.url ?? '').split('?')[0];
    if (path !== '/graphql') {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      metrics.socketOpened();
      socket.once('close', () => metrics.socketClosed());
      const extra = { socket, request, requestId: randomUUID() };
      carrySocket(protocol, extra, { log, pingEvery: SOCKET_LIMITS.pingEvery });
    });
  };
  server.on('upgrade', upgrade);
  return async () => {
    server.off('upgrade', upgrade);
    const closed = [...sockets.clients].map((socket) => once(socket, 'close'));
    for (const socket of sockets.clients) socket.close(1001, 'Going away');
    const timer = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), CLOSE_TIMEOUT);
    await Promise.all(closed);
    clearTimeout(timer);
  };
}

function serverOptions(parts: GraphqlSocket): ServerOptions<Record<string, unknown>, Socket> {
  return {
    onConnect: (context) => connect(parts, context),
    onClose: (context) => clearInterval(context.extra.recheck),
    onSubscribe: (context, _, payload) => subscribe(parts, context, payload),
    onError: (...[context, , , errors]) =>
      errors.map((error) => toErrorBody(error, scopeOf(parts, context.extra))),
    onNext: (...[context, , , args, result]) => {
      const scope = { ...scopeOf(parts, context.extra), document: args.document };
      const errors = result.errors?.map((error) => toErrorBody(error, scope));
      // The library's type asks for GraphQLError; what it sends is their JSON, as here.
      return { ...result, ...(errors && { errors }), extensions: { cost: costs.get(args) } } as never;
    },
  };
}

function scopeOf(parts: GraphqlSocket, extra: Socket): ErrorScope {
  const { log, production } = parts;
  return { requestId: extra.requestId, log, production, document: null };
}

/** Signs in. Refused with 4403, after which a client may come again with another key. */
async function connect(parts: GraphqlSocket, { extra, connectionParams }: SocketContext): Promise<boolean> {
  extra.authorization = connectionParams?.['authorization'] ?? extra.request.headers.authorization;
  try {
    extra.caller = parts.limits.caller(extra.request, extra.authorization);
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    extra.socket.close(TRY_AGAIN_LATER, error.reason);
    return false;
  }
  extra.graphql = await makeContext(parts.doors, extra.requestId, extra.authorization);
  extra.caller.signedIn(extra.graphql);
  if ('refusal' in extra.graphql.caller) {
    const { refusal } = extra.graphql.caller;
    const known = refusal instanceof DomainError;
    if (!known) parts.log.error({ requestId: extra.requestId, err: refusal }, 'Sign-in on a socket failed');
    // A database that is away is no reason to doubt the key.
    extra.socket.close(
      known ? CloseCode.Forbidden : TRY_AGAIN_LATER,
      known ? refusal.reason : 'Try again later',
    );
    return false;
  }
  // Gone meanwhile: `onClose` has run, and nobody would end the timer.
  if (extra.socket.readyState !== extra.socket.OPEN) return false;
  extra.recheck = setInterval(
    () => void recheck(parts, extra),
    parts.recheckEvery ?? SOCKET_LIMITS.recheckEvery,
  );
  return true;
}

/** Closes the socket of a key that was revoked or whose rights changed since. */
async function recheck({ doors, log }: GraphqlSocket, extra: Socket): Promise<void> {
  const { requestId, graphql, authorization, socket } = extra;
  if (!graphql || 'refusal' in graphql.caller) return;
  try {
    const now = await signIn(doors, requestId, authorization);
    const before = graphql.caller.ctx.permissions;
    const same = now.permissions.size === before.size && [...now.permissions].every((one) => before.has(one));
    if (!same) socket.close(CloseCode.Forbidden, 'rights_changed');
  } catch (error) {
    if (error instanceof DomainError) socket.close(CloseCode.Forbidden, error.reason);
    else log.warn({ requestId, err: error }, 'Could not check the key of a socket again');
  }
}

type Refused = readonly GraphQLError[];

async function subscribe(
  parts: GraphqlSocket,
  context: SocketContext,
  payload: object,
): Promise<ExecutionArgs | Refused> {
  try {
    return readSubscription(parts, context, payload);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    const cause = error instanceof Error ? error : new Error(String(error));
    return [new GraphQLError(cause.message, { originalError: cause })];
  }
}

// Everything that HTTP checks is checked here too: the library by itself checks the document only.
function readSubscription(
  { schema, production, log }: GraphqlSocket,
  { extra, subscriptions }: SocketContext,
  payload: object,
): ExecutionArgs | Refused {
  const parameters = checkParameters(payload);
  const { document, node, label } = readOperation(parameters);
  if (node.operation !== 'subscription')
    throw new DomainError(
      'INVALID',
      'only_subscriptions',
      'Only subscriptions go over a WebSocket. Send queries and mutations with POST.',
    );
  const cost = checkLimits(schema, { document, node, variables: parameters.variables });
  extra.caller?.spend(cost);
  const errors = validate(schema, document, [...specifiedRules, ...documentRules(production)], {
    maxErrors: 5,
  });
  if (errors.length > 0) return errors;
  if (Object.keys(subscriptions).length > SOCKET_LIMITS.subscriptions)
    throw new DomainError(
      'LIMIT_EXCEEDED',
      'too_many_subscriptions',
      `One socket carries ${SOCKET_LIMITS.subscriptions} subscriptions. End some, or open another socket.`,
    );
  log.info({ requestId: extra.requestId, operation: label }, 'Subscribed');
  const { variables, operationName } = parameters;
  const args = { schema, document, operationName, variableValues: variables, contextValue: extra.graphql };
  costs.set(args, cost);
  return args;
}
