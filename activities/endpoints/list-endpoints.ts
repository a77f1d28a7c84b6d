import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { readPeople } from '../tenancy/index.ts';
import { ENDPOINT_COLUMNS, toEndpointView, type EndpointView } from './endpoint-view.ts';
import { findEndpoint } from './find-endpoint.ts';

/** The tenant's endpoints, newest first. */
export const listEndpoints = query({
  permission: 'webhooks.read',
  input: z.strictObject(pageFields),
  run: async ({ db, tenantId }, { first, after }): Promise<Page<EndpointView>> => {
    const rows = await db.endpoint.findMany({
      where: { tenantId, deletedAt: null, ...afterCursor('createdAt', readCursor(after)) },
      select: ENDPOINT_COLUMNS,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    const creators = rows.map((row) => row.createdBy);
    const people = await readPeople(db, tenantId, creators);
    return toPage(rows, first, {
      at: (row) => row.createdAt,
      node: (row) => toEndpointView(row, people),
    });
  },
});

/** One endpoint. Throws NOT_FOUND. */
export const getEndpoint = query({
  permission: 'webhooks.read',
  input: z.strictObject({ endpointId: idField }),
  run: ({ db, tenantId }, { endpointId }) => findEndpoint(db, tenantId, endpointId),
});
