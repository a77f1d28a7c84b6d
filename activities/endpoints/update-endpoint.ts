import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { originOf } from './create-endpoint.ts';
import { endpointFields } from './endpoint-fields.ts';
import type { EndpointView } from './endpoint-view.ts';
import { findEndpoint, lockEndpoint } from './find-endpoint.ts';

const { url, description, eventTypes } = endpointFields;

/**
 * Changes what is given of an endpoint. `enabled: false` stops new events until it is enabled again; what is on its way
 * to a disabled endpoint is given up at its next attempt. Throws NOT_FOUND.
 */
export const updateEndpoint = verb({
  action: 'endpoint.update',
  permission: 'webhooks.write',
  input: z.strictObject({
    endpointId: idField,
    url: url.nullish(),
    description: description.nullish(),
    eventTypes: eventTypes.nullish(),
    enabled: z.boolean().nullish(),
  }),
  run: async ({ db, tenantId, target }, { endpointId: id, enabled, ...input }): Promise<EndpointView> => {
    await lockEndpoint(db, tenantId, id);
    const given = {
      ...(input.url == null ? {} : { url: input.url, ...HEALTHY }),
      ...(input.description == null ? {} : { description: input.description }),
      ...(input.eventTypes == null ? {} : { eventTypes: input.eventTypes }),
    };
    const switched = enabled == null ? {} : switchTo(enabled);
    await db.endpoint.updateMany({ where: { tenantId, id }, data: { ...given, ...switched } });
    target(id, {
      changed: Object.keys({ ...given, ...switched }).filter((name) => !(name in HEALTHY)),
      ...(given.url === undefined ? {} : { url: originOf(given.url) }),
    });
    return findEndpoint(db, tenantId, id);
  },
});

/** Another address, or one that was mended, begins anew: what failed before no longer counts against it. */
const HEALTHY = { failingSince: null, lostDeliveries: 0 };

function switchTo(enabled: boolean) {
  return enabled
    ? { disabledAt: null, disabledReason: null, ...HEALTHY }
    : { disabledAt: new Date(), disabledReason: 'Switched off by a person.' };
}
