import type { FastifyInstance } from 'fastify';
import { flowJsonSchema } from '../../workflows/definitions/index.ts';

/** The JSON Schema of Levqor Flow v1. */
export const FLOW_SCHEMA = flowJsonSchema();

/** Serves the schema at an address that editors can name. */
export function registerFlowSchema(fastify: FastifyInstance): void {
  fastify.get('/schemas/flow-v1.json', (_, reply) =>
    reply
      .type('application/schema+json')
      .header('cache-control', 'public, max-age=3600')
      .send(JSON.stringify(FLOW_SCHEMA)),
  );
}
