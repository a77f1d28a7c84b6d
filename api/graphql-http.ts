import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Log } from '../activities/log.ts';
import { isDatabaseAway } from '../prisma/database-away.ts';
import { DomainError } from '../workflows/errors.ts';
import { makeContext, type Doors, type GraphqlContext } from './context.ts';
import { toErrorBody, type ErrorBody, type ErrorScope } from './errors.ts';
import { readGraphqlRequest, readOperation, type Operation } from './graphql-request.ts';
import { checkLimits, costOfRefusal, type Cost } from './limits.ts';
import { RateLimited } from './rate-limited.ts';
import type { RateLimits } from './rate-limits.ts';
import { noteRequest } from './request-log.ts';

/** The largest body of a request, in bytes: a definition of the largest size fits, escaped. */
export const BODY_LIMIT = 2 * 1024 * 1024;

/** The parts that GraphQL over HTTP needs. */
export interface GraphqlHttp {
  doors: Doors;
  limits: RateLimits;
  log: Log;
  production: boolean;
}

interface Answer {
  status: number;
  body: { data?: unknown; errors?: ErrorBody[]; extensions?: { cost: Cost } };
  retryAfterSeconds?: number;
}

/** Serves GraphQL over HTTP (graphql.github.io/graphql-over-http): POST, and GET for queries. */
export function registerGraphqlHttp(fastify: FastifyInstance, parts: GraphqlHttp): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    bodyLimit: BODY_LIMIT,
    handler: (request, reply) => handle(fastify, parts, { request, reply }),
    // What Fastify refuses before the handler: too large, not JSON, another content type.
    errorHandler: (error, request, reply) => {
      const scope = scopeOf(parts, request);
      const refusal = refusalOf(error);
      const code = refusal?.code ?? 'INTERNAL';
      noteRequest(request, { operation: 'request.unreadable', code });
      const status = refusal ? ((error as { statusCode?: number }).statusCode ?? 400) : 500;
      void send(reply, { status, body: { errors: [toErrorBody(refusal ?? error, scope)] } });
    },
  });
}

function scopeOf({ log, production }: GraphqlHttp, request: FastifyRequest): ErrorScope {
  return { requestId: request.id, log, production, document: null };
}

async function handle(
  fastify: FastifyInstance,
  parts: GraphqlHttp,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const scope = scopeOf(parts, request);
  const note = { operation: 'request.invalid', code: 'OK' } as Parameters<typeof noteRequest>[1];
  noteRequest(request, note);
  let cost: Cost | null = null;
  try {
    const caller = parts.limits.caller(request.raw, request.headers.authorization);
    const parameters = readGraphqlRequest(request);
    const operation = readOperation(parameters);
    scope.document = operation.document;
    checkKind(request.method, operation);
    const context = await makeContext(parts.doors, request.id, request.headers.authorization);
    caller.signedIn(context);
    cost = checkLimits(fastify.graphql.schema, { ...operation, variables: parameters.variables });
    caller.spend(cost);
    if ('ctx' in context.caller) note.tenantId = context.caller.ctx.tenantId;
    note.operationName = operation.node.name?.value.slice(0, 100);
    const result = await execute(fastify, parameters, context);
    note.operation = operation.label;
    const errors = result.errors?.map((error) => toErrorBody(error, scope));
    note.code = errors?.[0]?.extensions.code ?? 'OK';
    const extensions = { cost };
    const body = errors ? { errors, data: result.data, extensions } : { data: result.data, extensions };
    return send(reply, { status: 200, body });
  } catch (error) {
    const answer = requestError(error, scope, acceptsGraphqlResponse(request));
    cost ??= costOfRefusal(error);
    if (cost) answer.body.extensions = { cost };
    note.code = answer.body.errors?.[0]?.extensions.code ?? 'INTERNAL';
    return send(reply, answer);
  }
}

function checkKind(method: string, { node }: Operation): void {
  if (method === 'GET' && node.operation !== 'query') throw new OnlyQueries();
  if (node.operation === 'subscription')
    throw new GraphQLError('Subscriptions go over a WebSocket at this address, by graphql-transport-ws.', {
      nodes: node,
      extensions: { code: 'INVALID', reason: 'subscription_over_http' },
    });
}

/** GET changes nothing, ever. */
class OnlyQueries extends DomainError {
  constructor() {
    super('INVALID', 'method_not_allowed', 'Send mutations with POST and subscriptions over a WebSocket.');
  }
}

interface Executed {
  data?: unknown;
  errors?: readonly GraphQLError[];
}

// Mercurius keeps parsed and validated documents; what it throws are request errors, as a list.
async function execute(
  fastify: FastifyInstance,
  { query, variables, operationName }: ReturnType<typeof readGraphqlRequest>,
  context: GraphqlContext,
): Promise<Executed> {
  try {
    return (await fastify.graphql(query, { ...context }, variables, operationName)) as Executed;
  } catch (error) {
    if (error instanceof Error && 'errors' in error && Array.isArray(error.errors))
      throw new RequestRefused(error.errors as GraphQLError[]);
    throw error;
  }
}

/** The document or its variables were refused before anything ran. */
class RequestRefused extends Error {
  readonly errors: GraphQLError[];
  constructor(errors: GraphQLError[]) {
    super('The request was refused.');
    this.errors = errors;
  }
}

/**
 * The answer to a request that did not run. Clients that know `application/graphql-response+json` get a 400; older
 * ones take any answer but 200 for a broken server, so they get 200 when the request itself could be read.
 */
function requestError(error: unknown, scope: ErrorScope, modern: boolean): Answer {
  const causes = error instanceof RequestRefused ? error.errors : [error];
  const errors = causes.map((cause) => toErrorBody(cause, scope));
  const when = error instanceof RateLimited ? { retryAfterSeconds: error.retryAfterSeconds } : {};
  return { status: statusOf(error, modern), body: { errors }, ...when };
}

function statusOf(error: unknown, modern: boolean): number {
  if (error instanceof OnlyQueries) return 405;
  if (error instanceof RateLimited) return 429;
  if (error instanceof DomainError) return 400;
  if (error instanceof RequestRefused || error instanceof GraphQLError) return modern ? 400 : 200;
  return isDatabaseAway(error) ? 503 : 500;
}

function acceptsGraphqlResponse(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('application/graphql-response+json');
}

function send(reply: FastifyReply, { status, body, retryAfterSeconds }: Answer): FastifyReply {
  const type = acceptsGraphqlResponse(reply.request)
    ? 'application/graphql-response+json'
    : 'application/json';
  if (status === 405) reply.header('allow', 'POST');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply.code(status).header('content-type', `${type}; charset=utf-8`).send(JSON.stringify(body));
}

const REFUSALS: Record<string, [reason: string, message: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', `A request may have ${BODY_LIMIT} bytes.`],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'content_type',
    'Send JSON with the header "Content-Type: application/json".',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['body_empty', 'Send a JSON object with the field "query".'],
};

/** What Fastify refused, as one of our refusals; null when it is a fault of ours. */
function refusalOf(error: unknown): DomainError | null {
  const { code = '', statusCode = 500 } = error as { code?: string; statusCode?: number };
  if (statusCode >= 500) return null;
  const [reason, message] = REFUSALS[code] ?? ['body_invalid', 'The body of the request is not valid JSON.'];
  return new DomainError(statusCode === 413 ? 'LIMIT_EXCEEDED' : 'INVALID', reason, message);
}
