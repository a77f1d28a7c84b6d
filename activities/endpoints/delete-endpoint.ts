import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import type { EndpointView } from './endpoint-view.ts';
import { findEndpoint, lockEndpoint } from './find-endpoint.ts';

/** Deletes an endpoint and returns what it was. What is on its way to it is given up. Throws NOT_FOUND. */
export const deleteEndpoint = verb({
  action: 'endpoint.delete',
  permission: 'webhooks.write',
  input: z.strictObject({ endpointId: idField }),
  run: async ({ db, tenantId, target }, { endpointId: id }): Promise<EndpointView> => {
    await lockEndpoint(db, tenantId, id);
    const endpoint = await findEndpoint(db, tenantId, id);
    await db.endpoint.updateMany({ where: { tenantId, id }, data: { deletedAt: new Date() } });
    target(id);
    return endpoint;
  },
});
