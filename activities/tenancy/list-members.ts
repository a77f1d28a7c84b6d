import { z } from 'zod';
import { pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { toMemberView, type MemberView } from './member-view.ts';

/** The tenant's people with their roles, newest first. */
export const listMembers = query({
  permission: 'members.read',
  input: z.strictObject(pageFields),
  run: async ({ db, tenantId }, { first, after }): Promise<Page<MemberView>> => {
    const start = readCursor(after);
    const rows = await db.member.findMany({
      where: {
        tenantId,
        ...(start && {
          OR: [{ createdAt: { lt: start.at } }, { createdAt: start.at, personId: { lt: start.id } }],
        }),
      },
      include: { person: true },
      orderBy: [{ createdAt: 'desc' }, { personId: 'desc' }],
      take: first + 1,
    });
    return toPage(
      rows.map((row) => ({ ...row, id: row.personId })),
      first,
      { at: (row) => row.createdAt, node: toMemberView },
    );
  },
});
