import { z } from 'zod';
import { textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import type { Viewer } from './viewer.ts';

/** Gives the organisation another name. Its short name, which stands in addresses, stays as it is. */
export const renameOrganisation = verb({
  action: 'tenant.rename',
  permission: 'organisation.write',
  input: z.strictObject({ name: textField(200) }),
  run: async ({ db, tenantId, target }, { name }): Promise<Viewer['tenant']> => {
    const before = await db.tenant.findFirstOrThrow({ where: { id: tenantId } });
    await db.tenant.updateMany({ where: { id: tenantId }, data: { name } });
    target(tenantId, { before: before.name, after: name });
    return { id: tenantId, name, slug: before.slug };
  },
});
