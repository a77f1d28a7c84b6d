import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listRefusedFirings,
  listScheduledRuns,
  listSchedules,
  pauseSchedule,
  previewBackfill,
  previewSchedule,
  requestBackfill,
  resumeSchedule,
  triggerSchedule,
  updateSchedule,
  type ScheduleView,
} from '../../activities/schedules/index.ts';
import { CurrentCtx, type GraphqlContext } from '../context.ts';
import { Filter, Input } from '../fields.ts';
import { fromGlobalId, fromOptionalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { DateTimeScalar } from '../scalars.ts';
import {
  BackfillScheduleInput,
  CreateScheduleInput,
  FirstArgs,
  PauseScheduleInput,
  PreviewBackfillInput,
  PreviewScheduleInput,
  ScheduleFilter,
  ScheduleInput,
  TriggerScheduleInput,
  UpdateScheduleInput,
} from './schedule-inputs.model.ts';
import {
  BackfillPreview,
  RefusedFiring,
  Schedule,
  ScheduleConnection,
  ScheduledRun,
  ScheduleWorkflow,
} from './schedules.model.ts';

/** Schedules: what starts runs at set times. */
@Resolver()
export class SchedulesResolver {
  @Query(() => ScheduleConnection, { description: 'The schedules of the organisation, newest first.' })
  async schedules(
    @CurrentCtx() ctx: Ctx,
    @Args() { first, after }: PageArgs,
    @Filter(() => ScheduleFilter) filter: ScheduleFilter | null,
  ) {
    const workflowId = fromOptionalId('Workflow', filter?.workflowId, 'filter.workflowId');
    return toConnection(await listSchedules(ctx, { first, after, workflowId }), after);
  }

  @Query(() => Schedule, { nullable: true, description: 'One schedule.' })
  schedule(
    @CurrentCtx() ctx: Ctx,
    @Args('id', { type: () => ID, description: 'The id of the schedule.' }) id: string,
  ) {
    return getSchedule(ctx, { scheduleId: fromGlobalId('Schedule', id, 'id') });
  }

  @Query(() => [DateTimeScalar], {
    description:
      'The next times of a schedule that does not exist yet, as Temporal works them out. Keeps nothing.',
  })
  previewSchedule(
    @CurrentCtx() ctx: Ctx,
    @Context() { scheduleTimes }: GraphqlContext,
    @Input() { count, ...times }: PreviewScheduleInput,
  ) {
    return previewSchedule(ctx, scheduleTimes, { ...times, count: count ?? undefined });
  }

  @Query(() => BackfillPreview, {
    description: 'The past times that a backfill would make up for. Starts nothing.',
  })
  async previewBackfill(
    @CurrentCtx() ctx: Ctx,
    @Context() { scheduleTimes }: GraphqlContext,
    @Input() input: PreviewBackfillInput,
  ) {
    const times = await previewBackfill(ctx, scheduleTimes, { ...input, ...named(input) });
    return { count: times.length, times };
  }

  @Mutation(() => Schedule, { description: 'Makes a schedule, which starts runs in your name.' })
  createSchedule(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: CreateScheduleInput) {
    const workflowId = fromGlobalId('Workflow', input.workflowId, 'workflowId');
    return createSchedule(ctx, { ...input, workflowId }, idempotencyKey ?? undefined);
  }

  @Mutation(() => Schedule, {
    description: 'Changes a schedule. One of a definition is changed by publishing.',
  })
  updateSchedule(@CurrentCtx() ctx: Ctx, @Input() input: UpdateScheduleInput) {
    return updateSchedule(ctx, { ...input, ...named(input) });
  }

  @Mutation(() => Schedule, {
    description: 'Holds a schedule until it is resumed. What was due meanwhile is not made up for.',
  })
  pauseSchedule(@CurrentCtx() ctx: Ctx, @Input() input: PauseScheduleInput) {
    return pauseSchedule(ctx, { ...input, ...named(input) });
  }

  @Mutation(() => Schedule, { description: 'Lets a paused schedule go on.' })
  resumeSchedule(@CurrentCtx() ctx: Ctx, @Input() input: ScheduleInput) {
    return resumeSchedule(ctx, named(input));
  }

  @Mutation(() => Schedule, { description: 'Lets a schedule be due now, a paused one too.' })
  triggerSchedule(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: TriggerScheduleInput) {
    return triggerSchedule(ctx, { ...input, ...named(input) }, idempotencyKey ?? undefined);
  }

  @Mutation(() => Schedule, {
    description: 'Lets a schedule be due for past times. A time that had its run already is left alone.',
  })
  backfillSchedule(
    @CurrentCtx() ctx: Ctx,
    @Context() { scheduleTimes: times }: GraphqlContext,
    @Input() { idempotencyKey, ...input }: BackfillScheduleInput,
  ) {
    return requestBackfill({ ctx, times, once: idempotencyKey ?? undefined }, { ...input, ...named(input) });
  }

  @Mutation(() => Schedule, { description: 'Deletes a schedule. Runs that it started go on.' })
  deleteSchedule(@CurrentCtx() ctx: Ctx, @Input() input: ScheduleInput) {
    return deleteSchedule(ctx, named(input));
  }
}

function named({ scheduleId }: ScheduleInput): { scheduleId: string } {
  return { scheduleId: fromGlobalId('Schedule', scheduleId, 'scheduleId') };
}

/** The fields of a schedule that are read when asked for. */
@Resolver(() => Schedule)
export class ScheduleResolver {
  @ResolveField(() => ScheduleWorkflow)
  workflow(@Parent() { workflowId, workflowName }: ScheduleView) {
    return { id: workflowId, name: workflowName };
  }

  @ResolveField(() => [DateTimeScalar], {
    nullable: true,
    description:
      'The next times at which it is due, up to 10, as Temporal has them; empty when there are none. Null while ' +
      'Temporal does not answer, or was not told of the schedule yet.',
  })
  nextTimes(
    @CurrentCtx() { tenantId }: Ctx,
    @Context() { scheduleTimes }: GraphqlContext,
    @Parent() { id, deletedAt, paused }: ScheduleView,
  ) {
    if (deletedAt !== null || paused !== null) return [];
    return scheduleTimes.next({ tenantId, scheduleId: id });
  }

  @ResolveField(() => [ScheduledRun], { description: 'The newest runs that it started.' })
  recentRuns(@CurrentCtx() ctx: Ctx, @Parent() { id }: ScheduleView, @Args() { first }: FirstArgs) {
    return listScheduledRuns(ctx, { scheduleId: id, first });
  }

  @ResolveField(() => [RefusedFiring], {
    description: 'The newest times at which it was due and no run could be started, with the reason.',
  })
  recentRefusals(@CurrentCtx() ctx: Ctx, @Parent() { id }: ScheduleView, @Args() { first }: FirstArgs) {
    return listRefusedFirings(ctx, { scheduleId: id, first });
  }
}
