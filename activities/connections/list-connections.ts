import { z } from 'zod';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { readPeople } from '../tenancy/index.ts';
import { toConnectionView, VIEW_COLUMNS, type ConnectionView } from './connection-view.ts';

/** The tenant's connections, newest first, without their secrets. */
export const listConnections = query({
  permission: 'connections.read',
  input: z.strictObject(pageFields),
  run: async ({ db, tenantId }, { first, after }): Promise<Page<ConnectionView>> => {
    const rows = await db.connection.findMany({
      where: { tenantId, ...afterCursor('createdAt', readCursor(after)) },
      select: VIEW_COLUMNS,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    const people = await readPeople(
      db,
      tenantId,
      rows.map((row) => row.createdBy),
    );
    return toPage(rows, first, {
      at: (row) => row.createdAt,
      node: (row) => toConnectionView(row, people),
    });
  },
});
