import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../activities/log.ts';
import type { Metrics } from './metrics.ts';

/** What one request was, for its log line and the metrics. Never holds the values of variables. */
export interface RequestNote {
  /** From the schema or the routes. */
  operation: string;
  /** The name that the client gave its operation. */
  operationName?: string | undefined;
  /** `OK`, or the code of the first error. */
  code: string;
  tenantId?: string | undefined;
}

const notes = new WeakMap<FastifyRequest, RequestNote>();

/** Says what a request was. Its line is written when the answer has left. */
export function noteRequest(request: FastifyRequest, note: RequestNote): void {
  notes.set(request, note);
}

const SAFE_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** The client's `x-request-id` when it is a short plain token, else a new one. */
export function requestIdOf(message: IncomingMessage): string {
  const given = message.headers['x-request-id'];
  return typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID();
}

/** Routes that are asked all day long by machines; their lines would hide the others. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

/** One log line and one count for each answered request. */
export function registerRequestLog(fastify: FastifyInstance, log: Log, metrics: Metrics): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const code = reply.statusCode < 400 ? 'OK' : `HTTP_${reply.statusCode}`;
    const note = notes.get(request) ?? { operation: `${request.method} ${route}`, code };
    metrics.observe({ operation: note.operation, code: note.code, seconds: reply.elapsedTime / 1_000 });
    const line = {
      requestId: request.id,
      ...note,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (QUIET.has(route)) log.debug(line, 'Request');
    else log.info(line, 'Request');
  });
}
