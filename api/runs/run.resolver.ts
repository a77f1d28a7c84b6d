import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  getRunDefinition,
  getStep,
  listEvents,
  type EventView,
  type RunView,
  type StepView,
} from '../../activities/runs/index.ts';
import type { Json } from '../../workflows/json.ts';
import { CurrentCtx, CurrentLoaders, type GraphqlContext } from '../context.ts';
import type { Loaders } from '../loaders.ts';
import { JsonScalar } from '../scalars.ts';
import { temporalUrlOf } from '../temporal-link.ts';
import { toActor } from '../tenancy/person.model.ts';
import { Run, RunEvent, RunStep } from './runs.model.ts';

/** The fields of a run that are read or made when asked for. */
@Resolver(() => Run)
export class RunResolver {
  @ResolveField()
  workflow(@Parent() run: RunView) {
    return { id: run.workflowId, name: run.workflowName };
  }

  @ResolveField()
  startedBy(@Parent() run: RunView) {
    return toActor(run.startedBy as unknown as Parameters<typeof toActor>[0]);
  }

  @ResolveField(() => JsonScalar, { nullable: true })
  input(@CurrentLoaders() loaders: Loaders, @Parent() run: RunView) {
    return valueOf(loaders, run.id, { value: run.input, ref: run.inputRef });
  }

  @ResolveField(() => JsonScalar, { nullable: true })
  output(@CurrentLoaders() loaders: Loaders, @Parent() run: RunView) {
    return valueOf(loaders, run.id, { value: run.output, ref: run.outputRef });
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      "Where Temporal's own interface shows the run; null for those who may not control runs, and where it is not set up.",
  })
  temporalUrl(
    @CurrentCtx() { tenantId, permissions }: Ctx,
    @Context() { temporalUi }: GraphqlContext,
    @Parent() run: RunView,
  ) {
    if (!temporalUi || !permissions.has('runs.control')) return null;
    return temporalUrlOf(temporalUi, { tenantId, runId: run.id });
  }

  @ResolveField(() => [RunStep])
  steps(@CurrentLoaders() loaders: Loaders, @Parent() run: RunView) {
    return loaders.steps.load(run.id);
  }

  @ResolveField(() => Int)
  stepCount(@CurrentLoaders() loaders: Loaders, @Parent() run: RunView) {
    return loaders.stepCounts.load(run.id);
  }

  @ResolveField(() => RunStep, {
    nullable: true,
    description:
      'One step; null when the run has not come to it. It finds those that `steps` leaves out, too.',
  })
  step(
    @CurrentCtx() ctx: Ctx,
    @Parent() run: RunView,
    @Args('path', { description: 'The path of the step.' }) path: string,
  ) {
    return getStep(ctx, { runId: run.id, path });
  }

  @ResolveField(() => JsonScalar, {
    description:
      'What it runs, in the format Levqor Flow v1: its version, or the draft that a test was started of.',
  })
  definition(@CurrentCtx() ctx: Ctx, @Parent() run: RunView) {
    return getRunDefinition(ctx, { runId: run.id });
  }

  @ResolveField(() => [RunEvent], { description: 'What happened, oldest first.' })
  async events(
    @CurrentCtx() ctx: Ctx,
    @Parent() run: RunView,
    @Args('first', { type: () => Int, defaultValue: 100, description: 'How many, 1 to 1,000.' })
    first: number,
    @Args('after', { type: () => Int, nullable: true, description: 'Only those after this sequence.' })
    after: number | null,
  ) {
    const page = await listEvents(ctx, { runId: run.id, first, afterSequence: after });
    return page.items.map(({ node }) => toRunEvent(node));
  }
}

/** The fields of a step that are read when asked for. */
@Resolver(() => RunStep)
export class RunStepResolver {
  @ResolveField(() => JsonScalar, { nullable: true })
  input(@CurrentLoaders() loaders: Loaders, @Parent() step: StepView) {
    return valueOf(loaders, step.runId, { value: step.input, ref: step.inputRef });
  }

  @ResolveField(() => JsonScalar, { nullable: true })
  output(@CurrentLoaders() loaders: Loaders, @Parent() step: StepView) {
    return valueOf(loaders, step.runId, { value: step.output, ref: step.outputRef });
  }
}

/** An event as clients see it. */
export function toRunEvent({ error, until, waitingFor, ...rest }: EventView): RunEvent {
  const data = Object.entries({ error, until, waitingFor }).filter(([, value]) => value !== null);
  return { ...rest, data: data.length === 0 ? null : (Object.fromEntries(data) as Json) };
}

function valueOf(loaders: Loaders, runId: string, { value, ref }: { value: Json; ref: string | null }) {
  return ref === null ? value : loaders.runValues.load({ runId, ref });
}
