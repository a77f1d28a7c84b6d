import type { FastifyInstance } from 'fastify';

/** Answers are data for programs: never a page, never inside a frame, never kept by a cache. CORS stays off. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
const TWO_YEARS = 63_072_000;

/** Puts the request id and the security headers on each answer. */
export function registerSecurityHeaders(fastify: FastifyInstance, production: boolean): void {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...HEADERS, 'x-request-id': request.id });
    if (production) reply.header('strict-transport-security', `max-age=${TWO_YEARS}; includeSubDomains`);
  });
}
