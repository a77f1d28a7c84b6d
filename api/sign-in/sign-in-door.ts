import type { KeyObject } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../../activities/context.ts';
import type { Log } from '../../activities/log.ts';
import {
  endSessions,
  listSessions,
  mailLink,
  openDemoSession,
  redeemLink,
  type PlatformMail,
} from '../../activities/sign-in/index.ts';
import { TokenBuckets } from '../token-buckets.ts';
import { webOnly } from '../web-secret.ts';

/** What the API knows of the web app beside it. */
export interface WebApp {
  /** Verifies its tokens. */
  key: KeyObject;
  /** Shared with it: opens this door. */
  secret: string;
  /** How links to sign in are mailed; null where no mail server is set. */
  mail: PlatformMail | null;
  /** Addresses of the people of a local demo, who sign in without a link; none anywhere else. */
  demoPeople: readonly string[];
}

interface Parts {
  database: Ctx['database'];
  web: WebApp;
  log: Log;
}

const BODY_LIMIT = 16 * 1024;
/** Links that one address may be sent, and one network may ask for: so many at once, back over a quarter of an hour. */
const RATES = { address: { points: 5, seconds: 900 }, network: { points: 30, seconds: 900 } };

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
const network = z.string().max(100);
const browser = {
  ...{ email: z.string().max(320), userAgent: z.string().max(2_000).nullable() },
  network: network.nullable().default(null),
};
const session = { sessionId: z.uuid(), personId: z.uuid() };
const bodies = {
  link: z.strictObject({
    ...{ email: z.string().max(320), hash, network },
    // In the language of who asked, which the web app knows.
    letter: z.strictObject({ subject: z.string().min(1).max(200), text: z.string().min(1).max(6_000) }),
  }),
  redeem: z.strictObject({ ...browser, hash }),
  demo: z.strictObject(browser),
  sessions: z.strictObject(session),
  end: z.strictObject({ ...session, others: z.boolean().default(false) }),
};

/**
 * The web app's own way to sign people in, under `/internal/sign-in`: it mails links, opens, lists and ends sessions. Only
 * who knows the shared secret may call it; see web/sign-in.decision.md.
 */
export function registerSignInDoor(fastify: FastifyInstance, parts: Parts): void {
  const { database, web, log } = parts;
  const limits = { address: new TokenBuckets(RATES.address), network: new TokenBuckets(RATES.network) };
  void fastify.register(
    async (scope) => {
      scope.addHook('onRequest', webOnly(web.secret));
      const options = { bodyLimit: BODY_LIMIT };
      scope.post('/link', options, async (request, reply) => {
        const { network, ...link } = bodies.link.parse(request.body);
        if (web.mail === null) return reply.code(503).send({ reason: 'mail_not_set' });
        const wait = Math.max(
          limits.network.take(network, 1),
          limits.address.take(link.email.normalize('NFKC').toLowerCase(), 1),
        );
        if (wait > 0) return reply.code(429).send({ reason: 'rate_limited', retryAfterSeconds: wait });
        await mailLink({ database, mail: web.mail, log }, link);
        return reply.send({});
      });
      scope.post('/redeem', options, async (request, reply) => {
        const session = await redeemLink(database, bodies.redeem.parse(request.body));
        return reply.send({ session });
      });
      scope.post('/demo', options, async (request, reply) => {
        const demo = { ...bodies.demo.parse(request.body), people: web.demoPeople };
        return reply.send({ session: await openDemoSession(database, demo) });
      });
      scope.get('/demo', async (_request, reply) => reply.send({ people: web.demoPeople }));
      scope.post('/sessions', options, async (request, reply) => {
        return reply.send({ sessions: await listSessions(database, bodies.sessions.parse(request.body)) });
      });
      scope.post('/end', options, async (request, reply) => {
        return reply.send({ ended: await endSessions(database, bodies.end.parse(request.body)) });
      });
      scope.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return reply.code(400).send({ reason: 'request_malformed' });
        const { statusCode } = Object(error) as { statusCode?: number };
        if (statusCode !== undefined && statusCode < 500)
          return reply.code(statusCode).send({ reason: 'request_malformed' });
        log.error({ err: error }, 'Signing in failed');
        return reply.code(500).send({ reason: 'internal' });
      });
    },
    { prefix: '/internal/sign-in' },
  );
}
