import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { personOf } from '../context.ts';
import { verb } from '../verb.ts';
import { endpointFields } from './endpoint-fields.ts';
import { newEndpointSecret, sealEndpointSecrets } from './endpoint-secrets.ts';
import type { EndpointView } from './endpoint-view.ts';
import { findEndpoint } from './find-endpoint.ts';

/** How many endpoints one organisation can have. */
const MAX_ENDPOINTS = 50;

/** An endpoint with a signing secret just made. The secret is shown this once. */
export interface EndpointWithSecret {
  endpoint: EndpointView;
  secret: string;
}

/** Makes an endpoint, which is told of events from now on. Throws PRECONDITION_FAILED `too_many_endpoints`. */
export const createEndpoint = verb({
  action: 'endpoint.create',
  permission: 'webhooks.write',
  secret: true,
  input: z.strictObject(endpointFields),
  run: async (tools, input): Promise<EndpointWithSecret> => {
    const { db, tenantId, actor, target } = tools;
    if ((await db.endpoint.count({ where: { tenantId, deletedAt: null } })) >= MAX_ENDPOINTS)
      throw new DomainError(
        'PRECONDITION_FAILED',
        'too_many_endpoints',
        `An organisation can have ${MAX_ENDPOINTS} endpoints. Delete one that is not needed.`,
      );
    const id = randomUUID();
    const secret = newEndpointSecret();
    const secrets = await sealEndpointSecrets(tools, id, [{ secret, until: null }]);
    await db.endpoint.create({ data: { tenantId, id, ...input, secrets, createdBy: personOf(actor) } });
    target(id, { url: originOf(input.url), eventTypes: input.eventTypes });
    return { endpoint: await findEndpoint(db, tenantId, id), secret };
  },
});

/** The part of an address that an audit row may hold: path and query can carry a token. */
export function originOf(url: string): string {
  return new URL(url).origin;
}
