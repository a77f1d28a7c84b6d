import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { changeSchedule } from './change-schedule.ts';
import { checkOwn, lockSchedule } from './find-schedule.ts';
import { scheduleView, type ScheduleView } from './schedule-view.ts';

/**
 * Ends a schedule for good. Runs that it started go on. Throws NOT_FOUND, PRECONDITION_FAILED `schedule_of_definition`.
 */
export const deleteSchedule = verb({
  action: 'schedule.delete',
  permission: 'schedules.write',
  input: z.strictObject({ scheduleId: idField }),
  run: async (tools, { scheduleId }): Promise<ScheduleView> => {
    const { db, tenantId, target } = tools;
    const before = await lockSchedule(db, tenantId, scheduleId);
    checkOwn(before);
    const row = await changeSchedule(tools, before, { deletedAt: new Date() });
    target(scheduleId, { name: row.name, workflowId: row.workflowId });
    return scheduleView(db, tenantId, row);
  },
});
