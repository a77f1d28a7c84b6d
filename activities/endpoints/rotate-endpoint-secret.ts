import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import type { EndpointWithSecret } from './create-endpoint.ts';
import { newEndpointSecret, openEndpointSecrets, sealEndpointSecrets } from './endpoint-secrets.ts';
import { findEndpoint, lockEndpoint } from './find-endpoint.ts';

/** How long an old secret signs besides the new one, in seconds: a day when nothing else is said, a week at the most. */
const OVERLAP = { standard: 86_400, most: 604_800 };
/** Every signature makes the header longer: more secrets at once help nobody. */
const MAX_SECRETS = 3;

/** Gives an endpoint a new signing secret; the ones before go on signing for `overlapSeconds`. Throws NOT_FOUND. */
export const rotateEndpointSecret = verb({
  action: 'endpoint.rotate',
  permission: 'webhooks.write',
  secret: true,
  input: z.strictObject({
    endpointId: idField,
    overlapSeconds: z.int().min(0).max(OVERLAP.most).default(OVERLAP.standard),
  }),
  run: async (tools, { endpointId: id, overlapSeconds }): Promise<EndpointWithSecret> => {
    const { db, tenantId, target } = tools;
    const { secrets } = await lockEndpoint(db, tenantId, id);
    const end = new Date(Date.now() + overlapSeconds * 1000).toISOString();
    const old = (await openEndpointSecrets(db, tools, { id, secrets })).map(({ secret, until }) => ({
      secret,
      until: until === null || until > end ? end : until,
    }));
    const secret = newEndpointSecret();
    const kept = [{ secret, until: null }, ...(overlapSeconds === 0 ? [] : old)].slice(0, MAX_SECRETS);
    await db.endpoint.updateMany({
      where: { tenantId, id },
      data: { secrets: await sealEndpointSecrets(tools, id, kept), rotatedAt: new Date() },
    });
    target(id, { overlapSeconds });
    return { endpoint: await findEndpoint(db, tenantId, id), secret };
  },
});
