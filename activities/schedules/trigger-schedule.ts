import { z } from 'zod';
import { OVERLAP_POLICIES, type OverlapPolicy } from '../../workflows/schedules/model.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { lockSchedule } from './find-schedule.ts';
import { scheduleView, type ScheduleView } from './schedule-view.ts';

/**
 * Lets a schedule be due now, a paused one too, under its own overlap policy unless another is given. Throws NOT_FOUND.
 */
export const triggerSchedule = verb({
  action: 'schedule.trigger',
  permission: 'schedules.write',
  input: z.strictObject({ scheduleId: idField, overlap: z.enum(OVERLAP_POLICIES).nullish() }),
  run: async ({ db, tenantId, target, enqueue }, { scheduleId, overlap }): Promise<ScheduleView> => {
    const row = await lockSchedule(db, tenantId, scheduleId);
    const policy = overlap ?? (row.overlap as OverlapPolicy);
    await enqueue({ kind: 'triggerSchedule', scheduleId, overlap: policy });
    target(scheduleId, { name: row.name, overlap: policy });
    return scheduleView(db, tenantId, row);
  },
});
