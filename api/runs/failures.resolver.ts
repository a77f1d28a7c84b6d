import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import { listFailures, type FailureGroup } from '../../activities/runs/index.ts';
import { CurrentCtx } from '../context.ts';
import { Filter } from '../fields.ts';
import { fromOptionalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { RunFailureConnection, RunFailureFilter } from './failures.model.ts';

/** Why runs failed. */
@Resolver()
export class FailuresResolver {
  @Query(() => RunFailureConnection, {
    description: 'The reasons for which runs failed or timed out, the one that struck last first.',
  })
  async failures(
    @CurrentCtx() ctx: Ctx,
    @Args() { first, after }: PageArgs,
    @Filter(() => RunFailureFilter) filter: RunFailureFilter | null,
  ) {
    const page = await listFailures(ctx, { first, after, filter: filter && toVerbFilter(filter) });
    const items = page.items.map(({ cursor, node }) => ({ cursor, node: toFailure(node) }));
    return toConnection({ ...page, items }, after);
  }
}

function toVerbFilter({ workflowId, since }: RunFailureFilter) {
  return {
    workflowId: fromOptionalId('Workflow', workflowId, 'filter.workflowId'),
    since: since?.toISOString(),
  };
}

function toFailure({ workflowId, workflowName, ...group }: FailureGroup) {
  return { ...group, workflow: { id: workflowId, name: workflowName } };
}
