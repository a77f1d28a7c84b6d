import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { changeSchedule } from './change-schedule.ts';
import { lockSchedule } from './find-schedule.ts';
import { scheduleView, type ScheduleView } from './schedule-view.ts';

/** Lets a paused schedule go on with the next time that is due. One that goes on stays as it is. Throws NOT_FOUND. */
export const resumeSchedule = verb({
  action: 'schedule.resume',
  permission: 'schedules.write',
  input: z.strictObject({ scheduleId: idField }),
  run: async (tools, { scheduleId }): Promise<ScheduleView> => {
    const { db, tenantId, target } = tools;
    const before = await lockSchedule(db, tenantId, scheduleId);
    const row = await changeSchedule(tools, before, { pausedAt: null, pausedBy: null, pauseReason: null });
    target(scheduleId, { name: row.name });
    return scheduleView(db, tenantId, row);
  },
});
