import { Args, Context, ID, Int, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  cancelRun,
  compareRuns,
  getRun,
  listRuns,
  pauseRun,
  previewRerun,
  rerunFromStep,
  resumeRun,
  sendEvent,
  startRun,
} from '../../activities/runs/index.ts';
import { CurrentCtx, type GraphqlContext } from '../context.ts';
import { Filter, Input } from '../fields.ts';
import { fromGlobalId, fromOptionalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { RunComparison } from './compare-runs.model.ts';
import { PreviewRerunInput, RerunFromStepInput, RerunPreview } from './rerun.model.ts';
import { CancelRunInput, RunControlInput, SendEventInput, StartRunInput } from './run-inputs.model.ts';
import { Run, RunConnection, RunFilter, RunUpdate } from './runs.model.ts';
import { watchRun } from './watch-run.ts';

/** Runs of workflows: started, watched, controlled. */
@Resolver()
export class RunsResolver {
  @Query(() => RunConnection, { description: 'The runs of the organisation, newest first.' })
  async runs(
    @CurrentCtx() ctx: Ctx,
    @Args() { first, after }: PageArgs,
    @Filter(() => RunFilter) filter: RunFilter | null,
  ) {
    return toConnection(await listRuns(ctx, { first, after, filter: filter && toVerbFilter(filter) }), after);
  }

  @Query(() => Run, { nullable: true, description: 'One run.' })
  run(@CurrentCtx() ctx: Ctx, @Args('id', { type: () => ID, description: 'The id of the run.' }) id: string) {
    return getRun(ctx, { runId: fromGlobalId('Run', id, 'id') });
  }

  @Mutation(() => Run, { description: 'Starts a run of a published version.' })
  async startRun(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: StartRunInput) {
    const workflowId = fromGlobalId('Workflow', input.workflowId, 'workflowId');
    const { id } = await startRun(ctx, { ...input, workflowId }, idempotencyKey ?? undefined);
    return getRun(ctx, { runId: id });
  }

  @Mutation(() => Run, { description: 'Asks a run to stop. It ends as CANCELLED once its clean-up is done.' })
  async cancelRun(@CurrentCtx() ctx: Ctx, @Input() { runId, reason }: CancelRunInput) {
    const { id } = await cancelRun(ctx, { runId: fromGlobalId('Run', runId, 'runId'), reason });
    return getRun(ctx, { runId: id });
  }

  @Mutation(() => Run, { description: 'Asks a run to hold before its next step.' })
  async pauseRun(@CurrentCtx() ctx: Ctx, @Input() { runId }: RunControlInput) {
    const { id } = await pauseRun(ctx, { runId: fromGlobalId('Run', runId, 'runId') });
    return getRun(ctx, { runId: id });
  }

  @Mutation(() => Run, { description: 'Lets a paused run go on.' })
  async resumeRun(@CurrentCtx() ctx: Ctx, @Input() { runId }: RunControlInput) {
    const { id } = await resumeRun(ctx, { runId: fromGlobalId('Run', runId, 'runId') });
    return getRun(ctx, { runId: id });
  }

  @Mutation(() => Run, {
    description: 'Sends a named event, which a wait step takes now or when it comes to one.',
  })
  async sendEvent(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: SendEventInput) {
    const runId = fromGlobalId('Run', input.runId, 'runId');
    const { id } = await sendEvent(ctx, { ...input, runId }, idempotencyKey ?? undefined);
    return getRun(ctx, { runId: id });
  }

  @Query(() => RerunPreview, {
    description: 'What a run again from a step would take over, and what it would do again. Starts nothing.',
  })
  previewRerun(@CurrentCtx() ctx: Ctx, @Input() input: PreviewRerunInput) {
    return previewRerun(ctx, { ...input, runId: fromGlobalId('Run', input.runId, 'runId') });
  }

  @Query(() => RunComparison, {
    description:
      'Two runs of one workflow side by side, up to where they first went different ways and beyond.',
  })
  compareRuns(
    @CurrentCtx() ctx: Ctx,
    @Args('left', { type: () => ID, description: 'The id of a run.' }) left: string,
    @Args('right', { type: () => ID, description: 'The id of another run.' }) right: string,
  ) {
    return compareRuns(ctx, {
      left: fromGlobalId('Run', left, 'left'),
      right: fromGlobalId('Run', right, 'right'),
    });
  }

  @Mutation(() => Run, {
    description:
      'Starts a new run with the same input, which takes over the results of a run that is over, up to a step.',
  })
  async rerunFromStep(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: RerunFromStepInput) {
    const runId = fromGlobalId('Run', input.runId, 'runId');
    const { id } = await rerunFromStep(ctx, { ...input, runId }, idempotencyKey ?? undefined);
    return getRun(ctx, { runId: id });
  }

  @Subscription(() => RunUpdate, {
    description:
      'News of a run until it is over: how it stands, then each event that happened since, again and again.',
  })
  runEvents(
    @CurrentCtx() ctx: Ctx,
    @Context() { live }: GraphqlContext,
    @Args('runId', { type: () => ID, description: 'The id of the run.' }) runId: string,
    @Args('after', {
      type: () => Int,
      nullable: true,
      description: 'Only events after this sequence.',
    })
    after: number | null,
  ) {
    return watchRun(ctx, live, { runId: fromGlobalId('Run', runId, 'runId'), after });
  }
}

function toVerbFilter({ startedAfter, startedBefore, ...rest }: RunFilter) {
  return {
    ...rest,
    workflowId: fromOptionalId('Workflow', rest.workflowId, 'filter.workflowId'),
    parentRunId: fromOptionalId('Run', rest.parentRunId, 'filter.parentRunId'),
    startedAfter: startedAfter?.toISOString(),
    startedBefore: startedBefore?.toISOString(),
  };
}
