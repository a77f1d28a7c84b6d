import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findSchedule } from './find-schedule.ts';
import { scheduleView } from './schedule-view.ts';

/** One schedule. Throws NOT_FOUND. */
export const getSchedule = query({
  permission: 'schedules.read',
  input: z.strictObject({ scheduleId: idField }),
  run: async ({ db, tenantId }, { scheduleId }) =>
    scheduleView(db, tenantId, await findSchedule(db, tenantId, scheduleId)),
});
