import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../activities/context.ts';
import type { Log } from '../activities/log.ts';
import type { RunAnswer } from '../activities/runs/index.ts';
import { findHook, logRefusal, receiveCall } from '../activities/webhooks/index.ts';
import { isDatabaseAway } from '../prisma/database-away.ts';
import type { RunId } from '../workflows/ids.ts';
import { httpAnswer } from '../workflows/webhooks/http-answer.ts';
import { MAX_CALL_BYTES, type CallProblem } from '../workflows/webhooks/model.ts';
import type { Doors } from './context.ts';
import { internalError } from './errors.ts';
import { toGlobalId } from './global-id.ts';
import type { RateLimits } from './rate-limits.ts';
import { noteRequest } from './request-log.ts';
import { listenForAnswer, type AnswerListener } from './webhooks/wait-for-answer.ts';

/** The parts that calls of webhooks need. */
export interface Hooks {
  doors: Doors;
  limits: RateLimits;
  log: Log;
}

/** The token is a secret: this is all that a log may say of the path. */
const URL = '/hooks/:token';

/** `POST /hooks/<token>` starts a run of the workflow whose webhook has this token. */
export function registerHooks(fastify: FastifyInstance, parts: Hooks): void {
  const closing = new AbortController();
  fastify.addHook('preClose', async () => closing.abort());
  void fastify.register(async (scope) => {
    // The bytes as they came, whatever they are called: signatures cover bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route<HookRoute>({
      method: 'POST',
      url: URL,
      bodyLimit: MAX_CALL_BYTES,
      onRequest: parts.limits.guard('hook'),
      handler: (request, reply) => handle(parts, { request, reply, closing: closing.signal }),
      // What Fastify refuses before the handler, such as a body that is too large; and what broke inside.
      errorHandler: (error, request, reply) => void fail(parts, { error, request, reply }),
    });
    scope.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: URL,
      onRequest: async (_request, reply) => answer(reply.header('allow', 'POST'), ONLY_POST),
      handler: () => undefined,
    });
  });
}

const ONLY_POST = { status: 405, reason: 'method_not_allowed', message: 'Use POST.' };

interface HookRoute {
  Params: { token: string };
}

interface Exchange {
  request: FastifyRequest<HookRoute>;
  reply: FastifyReply;
  /** Aborted when the API ends. */
  closing: AbortSignal;
}

async function handle({ doors }: Hooks, { request, reply, closing }: Exchange): Promise<FastifyReply> {
  const { token } = request.params;
  const ctx = await findHook(doors, { token, requestId: request.id });
  if (!ctx) return answer(reply, NOT_FOUND);
  // Listening begins before the run does, so that nothing falls between the two.
  const listener = listenForAnswer(doors.live, ctx.tenantId);
  try {
    return await receive(ctx, listener, { request, reply, closing });
  } finally {
    listener.close();
  }
}

async function receive(
  ctx: Ctx,
  listener: AnswerListener,
  { request, reply, closing }: Exchange,
): Promise<FastifyReply> {
  const { token } = request.params;
  const received = await receiveCall(ctx, {
    token,
    method: request.method,
    query: /\?(.*)$/s.exec(request.url)?.[1] ?? '',
    headers: request.headers,
    bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  });
  if ('problem' in received) {
    note(request, ctx, received.problem.reason);
    return answer(reply, received.problem);
  }
  note(request, ctx, 'OK');
  const { runId, duplicate, waitSeconds } = received;
  const started = { runId: toGlobalId('Run', runId), ...(duplicate ? { duplicate } : {}) };
  if (waitSeconds === null) return reply.code(202).send(started);
  const stops = [closing, disconnected(reply)];
  const given = await listener.answerOf(ctx, { runId, isNew: !duplicate, seconds: waitSeconds, stops });
  // A connection that stays open would keep the API from ending.
  if (closing.aborted) reply.header('connection', 'close');
  return given === null ? reply.code(202).send(started) : sendAnswer(reply, runId, given);
}

/** Aborted when the caller has gone. The run goes on; only the wait ends. */
function disconnected(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

function sendAnswer(reply: FastifyReply, id: RunId, { response, status, error }: RunAnswer): FastifyReply {
  const runId = toGlobalId('Run', id);
  if (response) {
    const { status: code, headers, body } = httpAnswer(response);
    return reply.code(code).headers(headers).send(body);
  }
  if (status === 'SUCCEEDED') return reply.code(200).send({ runId, status });
  const { code = status, message = 'The run was ended before it gave an answer.' } = error ?? {};
  return reply.code(502).send({ runId, error: { code, message } });
}

/** Also for what is closed or not there yet: a stranger learns nothing. */
const NOT_FOUND: CallProblem = { status: 404, reason: 'not_found', message: 'Not found.' };

function answer(
  reply: FastifyReply,
  problem: Omit<CallProblem, 'status'> & { status: number },
): FastifyReply {
  const { status, reason, message, issues } = problem.status === 404 ? NOT_FOUND : problem;
  return reply.code(status).send({
    error: { reason, message, ...(issues ? { issues } : {}) },
    requestId: reply.request.id,
  });
}

function note(request: FastifyRequest, { tenantId }: Ctx, code: string): void {
  noteRequest(request, { operation: `POST ${URL}`, code, tenantId });
}

interface Failed {
  error: unknown;
  request: FastifyRequest<HookRoute>;
  reply: FastifyReply;
}

async function fail({ doors, log }: Hooks, { error, request, reply }: Failed): Promise<void> {
  try {
    const problem = refusalOf(error);
    if (!problem) throw error;
    const { token } = request.params;
    const ctx = await findHook(doors, { token, requestId: request.id });
    if (ctx) {
      note(request, ctx, problem.reason);
      const bytes = Math.min(Number(request.headers['content-length']) || 0, MAX_INTEGER);
      await logRefusal(ctx, { contentType: request.headers['content-type'], bytes }, problem);
    }
    answer(reply, ctx ? problem : NOT_FOUND);
  } catch (cause) {
    const { message, extensions } = internalError(cause, { requestId: request.id, log });
    answer(reply, { status: isDatabaseAway(cause) ? 503 : 500, reason: extensions.reason, message });
  }
}

/** PostgreSQL's largest `integer`. */
const MAX_INTEGER = 2_147_483_647;

/** What Fastify refused, for the caller; null when it is a fault of ours. */
function refusalOf(error: unknown): CallProblem | null {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode === 413)
    return { status: 413, reason: 'body_too_large', message: `A call may have ${MAX_CALL_BYTES} bytes.` };
  if (statusCode === 415)
    return { status: 415, reason: 'content_type', message: 'The Content-Type of this call is not valid.' };
  if (statusCode >= 500) return null;
  return { status: 400, reason: 'body_invalid', message: 'The body of this call could not be read.' };
}
