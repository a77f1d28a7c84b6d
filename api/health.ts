import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** The parts that the API needs, each with a check that throws when the part does not answer. */
export type HealthChecks = Record<'postgres' | 'temporal', () => Promise<void>>;

/** How long a part may take to answer, in milliseconds. */
const CHECK_TIMEOUT = 2_000;

/** `/healthz`: this process lives. `/readyz`: its parts answer, or 503 with the names of those that do not. */
export function registerHealth(fastify: FastifyInstance, checks: HealthChecks, metrics: Metrics): void {
  fastify.get('/healthz', () => ({ status: 'ok' }));

  fastify.get('/readyz', async (_, reply) => {
    const entries = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await answers(check)] as const),
    );
    const down = entries.filter(([, state]) => state === 'down').map(([name]) => name);
    return reply
      .code(down.length === 0 ? 200 : 503)
      .send({ status: down.length === 0 ? 'ready' : 'not ready', down, checks: Object.fromEntries(entries) });
  });

  fastify.get('/metrics', async (_, reply) => {
    const { contentType, body } = await metrics.render();
    return reply.type(contentType).send(body);
  });
}

async function answers(check: () => Promise<void>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'down'>((resolve) => {
    timer = setTimeout(() => resolve('down'), CHECK_TIMEOUT);
  });
  const checked = check().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return Promise.race([checked, late]).finally(() => clearTimeout(timer));
}
