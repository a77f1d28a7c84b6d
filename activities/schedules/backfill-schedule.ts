import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { OVERLAP_POLICIES, SCHEDULE_LIMITS } from '../../workflows/schedules/model.ts';
import type { Ctx } from '../context.ts';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { requirePermission, verb } from '../verb.ts';
import { findSchedule, lockSchedule } from './find-schedule.ts';
import type { ScheduleTimes } from './schedule-times.ts';
import { scheduleView, type ScheduleView } from './schedule-view.ts';

const timeField = z.date().min(new Date('2000-01-01')).max(new Date('2100-01-01'));
const periodFields = { scheduleId: idField, from: timeField, until: timeField };
const periodInput = z.strictObject(periodFields);
type Period = z.output<typeof periodInput>;

const backfillInput = z.strictObject({ ...periodFields, overlap: z.enum(OVERLAP_POLICIES).nullish() });

/**
 * Lets a schedule be due for the past times of a period; one run each, one after the other unless another policy is
 * given. A time that had its run already is left alone. Throws NOT_FOUND, INVALID `period_invalid`. How many times there
 * are, `requestBackfill` has found out.
 */
export const backfillSchedule = verb({
  action: 'schedule.backfill',
  permission: 'schedules.write',
  input: backfillInput,
  run: async ({ db, tenantId, target, enqueue }, input): Promise<ScheduleView> => {
    const { scheduleId, overlap } = input;
    checkPeriod(input);
    const row = await lockSchedule(db, tenantId, scheduleId);
    const [from, until] = [input.from.toISOString(), input.until.toISOString()];
    const policy = overlap ?? 'bufferAll';
    await enqueue({ kind: 'backfillSchedule', scheduleId, from, until, overlap: policy });
    target(scheduleId, { name: row.name, from, until, overlap: policy });
    return scheduleView(db, tenantId, row);
  },
});

/**
 * The times of a schedule in a past period. Throws NOT_FOUND, INVALID `period_invalid`, LIMIT_EXCEEDED
 * `backfill_too_long` for more than 1,000, PRECONDITION_FAILED `schedule_not_ready` or `times_unavailable`.
 */
export async function previewBackfill(ctx: Ctx, times: ScheduleTimes, period: Period): Promise<Date[]> {
  await checkedPeriod(ctx, period);
  const { backfillTimes } = SCHEDULE_LIMITS;
  const found = await times.between({ tenantId: ctx.tenantId, scheduleId: period.scheduleId }, period);
  const last = found.at(-1);
  if (found.length < backfillTimes || !last) return found;
  const from = new Date(last.getTime() + 1);
  const more = await times.between(
    { tenantId: ctx.tenantId, scheduleId: period.scheduleId },
    { ...period, from },
  );
  if (from > period.until || more.length === 0) return found;
  throw new DomainError(
    'LIMIT_EXCEEDED',
    'backfill_too_long',
    `This period holds more than ${backfillTimes} times. Choose a shorter one.`,
    { field: 'until', max: backfillTimes },
  );
}

/**
 * Looks how many times the period holds, then asks for the backfill. Throws what both throw, and INVALID
 * `backfill_empty` when there is nothing to make up for.
 */
export async function requestBackfill(
  { ctx, times, once }: { ctx: Ctx; times: ScheduleTimes; once: string | undefined },
  input: z.input<typeof backfillInput>,
): Promise<ScheduleView> {
  requirePermission(ctx, backfillSchedule.permission);
  const { scheduleId, from, until } = input;
  const found = await previewBackfill(ctx, times, { scheduleId, from, until });
  if (found.length === 0)
    throw new DomainError('INVALID', 'backfill_empty', 'This schedule was not due in this period.', {
      field: 'from',
    });
  return backfillSchedule(ctx, input, once);
}

const checkedPeriod = query({
  permission: 'schedules.read',
  input: periodInput,
  run: async ({ db, tenantId }, period) => {
    checkPeriod(period);
    await findSchedule(db, tenantId, period.scheduleId);
  },
});

function checkPeriod({ from, until }: Pick<Period, 'from' | 'until'>): void {
  if (from <= until && until.getTime() <= Date.now()) return;
  throw new DomainError(
    'INVALID',
    'period_invalid',
    'until: choose a time that is past and not before the start of the period.',
    { field: 'until' },
  );
}
