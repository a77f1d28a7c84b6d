import { z } from 'zod';
import type { ScheduleSpec } from '../../workflows/schedules/model.ts';
import type { Ctx } from '../context.ts';
import { query } from '../query.ts';
import { EMPTY_SPEC, specFields, specFrom } from './schedule-fields.ts';
import type { ScheduleTimes } from './schedule-times.ts';

/** Times and how many of the next ones to give: 1 to 10. */
const input = z.strictObject({ ...specFields, count: z.int().min(1).max(10).default(10) });

/**
 * The next times of a schedule that does not exist yet. Throws INVALID `schedule_invalid`, PRECONDITION_FAILED
 * `times_unavailable`.
 */
export async function previewSchedule(
  ctx: Ctx,
  times: ScheduleTimes,
  given: z.input<typeof input>,
): Promise<Date[]> {
  const { spec, count } = await readSpec(ctx, given);
  return (await times.preview(ctx.tenantId, spec)).slice(0, count);
}

const readSpec = query({
  permission: 'schedules.write',
  input,
  run: (_, { count, ...spec }): Promise<{ spec: ScheduleSpec; count: number }> =>
    Promise.resolve({ spec: specFrom(spec, EMPTY_SPEC), count }),
});
