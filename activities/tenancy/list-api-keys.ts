import { z } from 'zod';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { toApiKeyView, type ApiKeyView } from './api-key-view.ts';
import { readPeople } from './people.ts';

/** The tenant's API keys, revoked ones too, newest first. */
export const listApiKeys = query({
  permission: 'keys.read',
  input: z.strictObject(pageFields),
  run: async ({ db, tenantId }, { first, after }): Promise<Page<ApiKeyView>> => {
    const rows = await db.apiKey.findMany({
      where: { tenantId, ...afterCursor('createdAt', readCursor(after)) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    const people = await readPeople(
      db,
      tenantId,
      rows.map((row) => row.personId),
    );
    return toPage(rows, first, {
      at: (row) => row.createdAt,
      node: (row) => toApiKeyView(row, people),
    });
  },
});
