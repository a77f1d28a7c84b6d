import { z } from 'zod';
import { personOf } from '../context.ts';
import { idField, textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { changeSchedule } from './change-schedule.ts';
import { lockSchedule } from './find-schedule.ts';
import { scheduleView, type ScheduleView } from './schedule-view.ts';

/**
 * Holds a schedule: nothing is due until it is resumed, and what was due meanwhile is not made up for. One that is
 * paused already gets the new reason. Throws NOT_FOUND.
 */
export const pauseSchedule = verb({
  action: 'schedule.pause',
  permission: 'schedules.write',
  input: z.strictObject({ scheduleId: idField, reason: textField(500).nullish() }),
  run: async (tools, { scheduleId, reason = null }): Promise<ScheduleView> => {
    const { db, tenantId, actor, target } = tools;
    const before = await lockSchedule(db, tenantId, scheduleId);
    const row = await changeSchedule(tools, before, {
      pausedAt: before.pausedAt ?? new Date(),
      pausedBy: personOf(actor),
      pauseReason: reason,
    });
    target(scheduleId, { name: row.name, reason });
    return scheduleView(db, tenantId, row);
  },
});
