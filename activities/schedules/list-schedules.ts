import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { scheduleViews, type ScheduleView } from './schedule-view.ts';

/** The tenant's schedules, newest first; of one workflow, or all. */
export const listSchedules = query({
  permission: 'schedules.read',
  input: z.strictObject({ ...pageFields, workflowId: idField.nullish() }),
  run: async ({ db, tenantId }, { first, after, workflowId }): Promise<Page<ScheduleView>> => {
    const rows = await db.schedule.findMany({
      where: {
        tenantId,
        deletedAt: null,
        ...(workflowId && { workflowId }),
        ...afterCursor('createdAt', readCursor(after)),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    const node = await scheduleViews(db, tenantId, rows);
    return toPage(rows, first, { at: (row) => row.createdAt, node });
  },
});
