import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Log } from '../../activities/log.ts';
import { CLIENT_LOG_LIMITS } from '../../workflows/telemetry/limits.ts';
import { clientBatchSchema, type ClientEvent } from '../../workflows/telemetry/model.ts';
import { pageShape, scrubText } from '../../workflows/telemetry/scrub.ts';
import type { Metrics } from '../metrics.ts';
import { TokenBuckets } from '../token-buckets.ts';
import { webOnly } from '../web-secret.ts';

interface Parts {
  /** Shared with the web app. */
  secret: string;
  log: Log;
  metrics: Metrics;
}

/** Batches that one network may send: so many at once, back over a minute. */
const RATE = { points: 60, seconds: 60 };
/** The web app adds the network and the browser's name to the batch. */
const BODY_LIMIT = CLIENT_LOG_LIMITS.bytes + 1_024;

const body = z.strictObject({
  network: z.string().max(100),
  userAgent: z.string().max(200).nullable(),
  batch: clientBatchSchema,
});

/**
 * `POST /internal/client-log`: what browsers tell of, by way of the web app. Faults become lines of the log, and all is
 * counted. Only who knows the shared secret may call it.
 */
export function registerClientLog(fastify: FastifyInstance, { secret, log, metrics }: Parts): void {
  const limits = new TokenBuckets(RATE);
  fastify.route({
    method: 'POST',
    url: '/internal/client-log',
    bodyLimit: BODY_LIMIT,
    onRequest: webOnly(secret),
    handler: async (request, reply) => {
      const parsed = body.safeParse(request.body);
      if (!parsed.success) return reply.code(400).send({ reason: 'request_malformed' });
      const { network, userAgent, batch } = parsed.data;
      const wait = limits.take(network, 1);
      if (wait > 0) return reply.code(429).send({ reason: 'rate_limited', retryAfterSeconds: wait });
      const line = log.child({ requestId: request.id, userAgent: userAgent && scrubText(userAgent, 200) });
      for (const event of batch.events) note(event, line, metrics);
      return reply.code(204).send();
    },
  });
}

function note(event: ClientEvent, line: Log, metrics: Metrics): void {
  if (event.kind === 'vital') return metrics.clientVital(event);
  metrics.clientFault(event.kind, event.count);
  line.warn({ browser: scrubbed(event) }, TOLD[event.kind]);
}

type Fault = Exclude<ClientEvent, { kind: 'vital' }>;

const TOLD: Record<Fault['kind'], string> = {
  error: 'A page of the web app broke',
  rejection: 'A page of the web app broke',
  request: 'A page of the web app was refused something',
  policy: 'A page of the web app was kept from loading something',
};

/** Browsers do it already; what comes here may be written by anybody. */
function scrubbed(event: Fault): Fault {
  const page = pageShape(event.page);
  const { text, stack } = CLIENT_LOG_LIMITS;
  if (event.kind === 'request') return { ...event, page, path: pageShape(event.path) };
  if (event.kind === 'policy') {
    const { directive, blocked } = event;
    return { ...event, page, directive: scrubText(directive, 60), blocked: pageShape(blocked) };
  }
  return {
    ...event,
    page,
    message: scrubText(event.message, text),
    stack: event.stack && scrubText(event.stack, stack),
    digest: event.digest && scrubText(event.digest, 64),
  };
}
