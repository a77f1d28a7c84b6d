import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { toApiKeyView, type ApiKeyView } from './api-key-view.ts';
import { readPeople } from './people.ts';

/** Ends an API key at once and for good. A key that is revoked already stays as it is. Throws NOT_FOUND. */
export const revokeApiKey = verb({
  action: 'apiKey.revoke',
  permission: 'keys.write',
  input: z.strictObject({ id: idField }),
  run: async ({ db, tenantId, target }, { id }): Promise<ApiKeyView> => {
    await db.apiKey.updateMany({
      where: { tenantId, id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const row = await db.apiKey.findFirst({ where: { tenantId, id } });
    if (row === null)
      throw new DomainError('NOT_FOUND', 'api_key_not_found', 'There is no such API key here.');
    target(id, { name: row.name, prefix: row.prefix });
    return toApiKeyView(row, await readPeople(db, tenantId, [row.personId]));
  },
});
