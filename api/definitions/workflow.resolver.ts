import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  diffVersions,
  getVersion,
  listVersions,
  type Version,
  type VersionSummary,
  type WorkflowSummary,
  type WorkflowView,
} from '../../activities/definitions/index.ts';
import { CurrentCtx, CurrentLoaders } from '../context.ts';
import type { Loaders } from '../loaders.ts';
import { PageArgs, toConnection } from '../relay.ts';
import {
  DefinitionChange,
  Draft,
  Workflow,
  WorkflowVersion,
  WorkflowVersionConnection,
} from './definitions.model.ts';

/** The fields of a workflow that are read when asked for. */
@Resolver(() => Workflow)
export class WorkflowResolver {
  @ResolveField(() => Draft)
  async draft(@CurrentLoaders() loaders: Loaders, @Parent() workflow: WorkflowSummary | WorkflowView) {
    return 'draft' in workflow ? workflow.draft : (await loaders.workflows.load(workflow.id)).draft;
  }

  @ResolveField(() => WorkflowVersionConnection, { description: 'The published versions, newest first.' })
  async versions(
    @CurrentCtx() ctx: Ctx,
    @CurrentLoaders() loaders: Loaders,
    @Parent() { id: workflowId }: WorkflowSummary,
    @Args() { first, after }: PageArgs,
  ) {
    const page =
      after === null || after === undefined
        ? await loaders.versions.load({ workflowId, first })
        : await listVersions(ctx, { workflowId, first, after });
    return toConnection(page, after);
  }

  @ResolveField(() => [DefinitionChange], {
    description: 'What became different from one version to another.',
  })
  diff(
    @CurrentCtx() ctx: Ctx,
    @Parent() { id: workflowId }: WorkflowSummary,
    @Args('from', { type: () => Int, description: 'The number of the older version.' }) from: number,
    @Args('to', { type: () => Int, nullable: true, description: 'The newer one; the draft when left out.' })
    to: number | null,
  ) {
    return diffVersions(ctx, { workflowId, from, to: to ?? 'draft' });
  }
}

/** The fields of a version that are read when asked for. */
@Resolver(() => WorkflowVersion)
export class WorkflowVersionResolver {
  @ResolveField()
  async definition(@CurrentCtx() ctx: Ctx, @Parent() version: VersionSummary | Version) {
    if ('definition' in version) return version.definition;
    const { workflowId, number } = version;
    return (await getVersion(ctx, { workflowId, number })).definition;
  }
}
