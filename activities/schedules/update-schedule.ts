import { z } from 'zod';
import { Prisma } from '../../prisma/database.ts';
import type { Json } from '../../workflows/json.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { changeSchedule } from './change-schedule.ts';
import { checkTarget, holdWorkflow } from './check-target.ts';
import { checkOwn, findSchedule, lockSchedule } from './find-schedule.ts';
import { nameField, scheduleFields, specFrom } from './schedule-fields.ts';
import { scheduleView, specOf, type ScheduleView } from './schedule-view.ts';

/**
 * Changes what is given and leaves the rest. Null takes away a start, an end or a fixed version. Throws NOT_FOUND,
 * PRECONDITION_FAILED `schedule_of_definition`, and what `createSchedule` throws.
 */
export const updateSchedule = verb({
  action: 'schedule.update',
  permission: 'schedules.write',
  input: z.strictObject({ ...scheduleFields, scheduleId: idField, name: nameField.nullish() }),
  run: async (tools, { scheduleId, ...given }): Promise<ScheduleView> => {
    const { db, tenantId, target } = tools;
    const { workflowId } = await findSchedule(db, tenantId, scheduleId);
    await holdWorkflow(db, tenantId, workflowId);
    const before = await lockSchedule(db, tenantId, scheduleId);
    checkOwn(before);
    const { name, version = before.version, overlap, catchUpSeconds, ...rest } = given;
    const { input = before.input as Json, ...times } = rest;
    const spec = specFrom(times, specOf(before));
    await checkTarget(db, tenantId, { workflowId, version, input });
    const row = await changeSchedule(tools, before, {
      version,
      name: name ?? before.name,
      spec: spec as unknown as Prisma.InputJsonObject,
      input: input ?? Prisma.JsonNull,
      overlap: overlap ?? before.overlap,
      catchUpSeconds: catchUpSeconds ?? before.catchUpSeconds,
    });
    target(scheduleId, { name: row.name, workflowId });
    return scheduleView(db, tenantId, row);
  },
});
