import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As an `onRequest` of what only the web app may call: without the secret that both know it answers 401. */
export function webOnly(secret: string): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    const given = request.headers.authorization ?? '';
    if (!timingSafeEqual(digest(given), digest(`Bearer ${secret}`)))
      await reply.code(401).send({ reason: 'secret_wrong' });
  };
}

/** Hashes have one length, so that the time taken tells nothing. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
