import { z } from 'zod';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { delegationViews, type DelegationView } from './delegation-view.ts';

/** The tenant's delegations, over and revoked ones too, newest first. */
export const listDelegations = query({
  permission: 'approvals.read',
  input: z.strictObject(pageFields),
  run: async ({ db, tenantId }, { first, after }): Promise<Page<DelegationView>> => {
    const rows = await db.approvalDelegation.findMany({
      where: { tenantId, ...afterCursor('createdAt', readCursor(after)) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    const node = await delegationViews(db, rows, { tenantId, now: new Date() });
    return toPage(rows, first, { at: (row) => row.createdAt, node });
  },
});
