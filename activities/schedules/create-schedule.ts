import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Prisma } from '../../prisma/database.ts';
import { DEFAULT_CATCH_UP_SECONDS } from '../../workflows/schedules/model.ts';
import { personOf } from '../context.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { checkRoom } from './check-room.ts';
import { checkTarget } from './check-target.ts';
import { EMPTY_SPEC, nameField, scheduleFields, specFrom } from './schedule-fields.ts';
import { scheduleView, wantedOf, type ScheduleView } from './schedule-view.ts';

/**
 * Makes a schedule that starts runs of a published workflow in the name of who makes it. Throws NOT_FOUND, INVALID
 * `schedule_invalid` or `input_invalid` (both with `details.issues`), PRECONDITION_FAILED `workflow_archived` or
 * `workflow_not_published`, LIMIT_EXCEEDED `too_many_schedules`.
 */
export const createSchedule = verb({
  action: 'schedule.create',
  permission: 'schedules.write',
  input: z.strictObject({
    ...scheduleFields,
    workflowId: idField,
    name: nameField,
    paused: z.boolean().nullish(),
  }),
  run: async ({ db, tenantId, actor, target, enqueue }, given): Promise<ScheduleView> => {
    const { workflowId, name, version = null, input = {}, overlap, catchUpSeconds, paused, ...times } = given;
    const spec = specFrom(times, EMPTY_SPEC);
    await checkTarget(db, tenantId, { workflowId, version, input });
    await checkRoom(db, tenantId, 1);
    const by = personOf(actor);
    const row = await db.schedule.create({
      data: {
        ...{ tenantId, id: randomUUID(), workflowId, name, version },
        spec: spec as unknown as Prisma.InputJsonObject,
        input: input ?? Prisma.JsonNull,
        overlap: overlap ?? 'skip',
        catchUpSeconds: catchUpSeconds ?? DEFAULT_CATCH_UP_SECONDS,
        source: 'person',
        createdBy: by,
        ...(paused ? { pausedAt: new Date(), pausedBy: by } : {}),
      },
    });
    await enqueue({ kind: 'syncSchedule', scheduleId: row.id, wanted: wantedOf(row) });
    target(row.id, { name, workflowId });
    return scheduleView(db, tenantId, row);
  },
});
