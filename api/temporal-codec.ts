import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requirePermission } from '../activities/verb.ts';
import type { Log } from '../activities/log.ts';
import { sealingCodec } from '../temporal/payload-codec.ts';
import { DomainError, type ErrorCode } from '../workflows/errors.ts';
import { temporalWorkflowId, type RunId, type TenantId } from '../workflows/ids.ts';
import { callerOf, makeContext, type Doors } from './context.ts';
import { toErrorBody } from './errors.ts';
import { RateLimited } from './rate-limited.ts';
import type { RateLimits } from './rate-limits.ts';
import { noteRequest } from './request-log.ts';

/** The largest body of a request, in bytes: a payload of Temporal's largest size (2 MB) fits, as base64. */
const BODY_LIMIT = 4 * 1024 * 1024;
const DECODE = '/temporal/codec/decode';
const ENCODE = '/temporal/codec/encode';

/** The parts that the codec endpoint needs. */
export interface TemporalCodec {
  doors: Doors;
  limits: RateLimits;
  log: Log;
  production: boolean;
}

/** Payloads as Temporal's remote codecs speak of them: bytes as base64. Other fields are handed back untouched. */
const request = z.object({
  payloads: z
    .array(
      z.looseObject({ metadata: z.record(z.string(), z.string()).optional(), data: z.string().optional() }),
    )
    .max(1_000),
});
type SealedPayload = z.output<typeof request>['payloads'][number];

/**
 * Opens payloads for Temporal's own web interface and its command line (`--codec-endpoint`), for people who may control
 * runs, of their own organisation only. It never seals: nothing but runs writes payloads.
 */
export function registerTemporalCodec(fastify: FastifyInstance, parts: TemporalCodec): void {
  const { doors } = parts;
  const codec = sealingCodec(doors.keyring);
  const allow = (from: FastifyRequest, reply: FastifyReply) => allowOrigin(doors, from, reply);
  const errorHandler = (error: unknown, from: FastifyRequest, reply: FastifyReply) =>
    void refuse(parts, { from, reply }, error);

  fastify.options(DECODE, (from, reply) => {
    allow(from, reply);
    return reply.code(204).send();
  });
  fastify.post<{ Body: unknown }>(DECODE, {
    bodyLimit: BODY_LIMIT,
    errorHandler,
    // Before the body is read: strangers send none.
    onRequest: async (from, reply) => {
      allow(from, reply);
      callers.set(from, await tenantOf(parts, from));
    },
    handler: async (from, reply) => {
      const parsed = request.safeParse(from.body);
      if (!parsed.success)
        throw new DomainError('INVALID', 'payloads_invalid', 'Send { "payloads": [ … ] } as Temporal does.');
      const tenantId = callers.get(from);
      if (tenantId === undefined) throw new Error('The caller of this request is not known');
      const open = (payload: SealedPayload) => openPayload(codec, tenantId, payload);
      noteRequest(from, { operation: 'temporal.decode', code: 'OK', tenantId });
      return reply.send({ payloads: await Promise.all(parsed.data.payloads.map(open)) });
    },
  });
  fastify.post(ENCODE, { bodyLimit: BODY_LIMIT, errorHandler }, () => {
    throw new DomainError(
      'FORBIDDEN',
      'codec_decodes_only',
      'This address opens payloads. It does not make any.',
    );
  });
}

const callers = new WeakMap<FastifyRequest, TenantId>();

async function tenantOf({ doors, limits }: TemporalCodec, from: FastifyRequest): Promise<TenantId> {
  const { authorization } = from.headers;
  const account = limits.caller(from.raw, authorization);
  const context = await makeContext(doors, from.id, authorization);
  account.signedIn(context);
  const { ctx } = callerOf(context);
  requirePermission(ctx, 'runs.control');
  return ctx.tenantId;
}

/** The browser may call from the configured web interface and from no other page. */
function allowOrigin({ temporalUi }: Doors, { headers }: FastifyRequest, reply: FastifyReply): void {
  reply.header('vary', 'origin');
  const origin = temporalUi ? new URL(temporalUi.url).origin : null;
  if (origin === null || headers.origin !== origin) return;
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'authorization, content-type, x-namespace',
    'access-control-max-age': '600',
  });
}

// What is not sealed, belongs to others or does not open stays as it is: the interface shows it as it came.
async function openPayload(
  codec: ReturnType<typeof sealingCodec>,
  tenantId: TenantId,
  payload: SealedPayload,
): Promise<object> {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const sealed = {
    metadata: Object.fromEntries(
      Object.entries(payload.metadata ?? {}).map(([name, text]) => [name, bytes(text)]),
    ),
    data: bytes(payload.data ?? ''),
  };
  // Any workflow of the organisation: the codec reads the tenant from the id, and opens no other's.
  const workflowId = temporalWorkflowId(tenantId, 'any' as RunId);
  try {
    const [opened] = await codec.decode([sealed], { type: 'workflow', namespace: '', workflowId });
    if (!opened || opened === sealed) return payload;
    const text = (part: Uint8Array | null | undefined) => Buffer.from(part ?? []).toString('base64');
    const metadata = Object.entries(opened.metadata ?? {}).map(([name, part]) => [name, text(part)]);
    return { metadata: Object.fromEntries(metadata) as Record<string, string>, data: text(opened.data) };
  } catch {
    return payload;
  }
}

const STATUSES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  INVALID: 400,
  LIMIT_EXCEEDED: 413,
};

function refuse(
  { log, production }: TemporalCodec,
  { from, reply }: { from: FastifyRequest; reply: FastifyReply },
  error: unknown,
): FastifyReply {
  const body = toErrorBody(refusalOf(error), { requestId: from.id, log, production, document: null });
  const { code } = body.extensions;
  noteRequest(from, { operation: 'temporal.decode', code });
  if (error instanceof RateLimited)
    return reply
      .code(429)
      .header('retry-after', String(error.retryAfterSeconds))
      .send({ errors: [body] });
  return reply.code(STATUSES[code] ?? 500).send({ errors: [body] });
}

// What Fastify itself refuses has a status: too large, not JSON.
function refusalOf(error: unknown): unknown {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (error instanceof DomainError || statusCode >= 500) return error;
  if (statusCode === 413)
    return new DomainError('LIMIT_EXCEEDED', 'body_too_large', `A request may have ${BODY_LIMIT} bytes.`);
  return new DomainError(
    'INVALID',
    'body_invalid',
    'Send JSON with the header "Content-Type: application/json".',
  );
}
