import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  cancelBulkRerun,
  getBulkRerun,
  listBulkRerunItems,
  previewBulkRerun,
  rerunRuns,
  type BulkRerunView,
} from '../../activities/runs/index.ts';
import { CurrentCtx } from '../context.ts';
import { Input } from '../fields.ts';
import { fromGlobalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { toActor } from '../tenancy/person.model.ts';
import {
  BulkRerun,
  BulkRerunItemConnection,
  BulkRerunPreview,
  CancelBulkRerunInput,
  PreviewBulkRerunInput,
  RerunRunsInput,
} from './bulk-rerun.model.ts';

/** Many runs at once, run again. */
@Resolver(() => BulkRerun)
export class BulkRerunResolver {
  @Query(() => BulkRerunPreview, {
    description: 'What running many runs again would take, refuse and do once more. Starts nothing.',
  })
  async previewBulkRerun(@CurrentCtx() ctx: Ctx, @Input() input: PreviewBulkRerunInput) {
    const { repeats, versions, ...preview } = await previewBulkRerun(ctx, toVerbInput(input));
    return { ...preview, repeats: repeats.map(withWorkflow), versions: versions.map(withWorkflow) };
  }

  @Mutation(() => BulkRerun, {
    description:
      'Runs many runs again, each once. A worker starts them one after another; bulkRerun says how far it is.',
  })
  async rerunRuns(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: RerunRunsInput) {
    const { id } = await rerunRuns(ctx, toVerbInput(input), idempotencyKey ?? undefined);
    return getBulkRerun(ctx, { id });
  }

  @Mutation(() => BulkRerun, {
    description:
      'Stops a bulk re-run: runs that were not started yet are refused, those that were started go on.',
  })
  async cancelBulkRerun(@CurrentCtx() ctx: Ctx, @Input() { bulkRerunId, reason }: CancelBulkRerunInput) {
    const ref = { bulkRerunId: fromGlobalId('BulkRerun', bulkRerunId, 'bulkRerunId') };
    return getBulkRerun(ctx, await cancelBulkRerun(ctx, { ...ref, reason }));
  }

  @Query(() => BulkRerun, { nullable: true, description: 'One bulk re-run.' })
  bulkRerun(
    @CurrentCtx() ctx: Ctx,
    @Args('id', { type: () => ID, description: 'The id of the bulk re-run.' }) id: string,
  ) {
    return getBulkRerun(ctx, { id: fromGlobalId('BulkRerun', id, 'id') });
  }

  @ResolveField()
  createdBy(@Parent() bulk: BulkRerunView) {
    return toActor(bulk.createdBy as unknown as Parameters<typeof toActor>[0]);
  }

  @ResolveField(() => BulkRerunItemConnection, { description: 'Its runs.' })
  async items(@CurrentCtx() ctx: Ctx, @Parent() bulk: BulkRerunView, @Args() { first, after }: PageArgs) {
    return toConnection(await listBulkRerunItems(ctx, { bulkRerunId: bulk.id, first, after }), after);
  }
}

function toVerbInput({ runIds, ...input }: PreviewBulkRerunInput) {
  return { ...input, runIds: runIds?.map((id) => fromGlobalId('Run', id, 'runIds')) };
}

function withWorkflow<Of extends { workflowId: string; workflowName: string }>({
  workflowId,
  workflowName,
  ...rest
}: Of) {
  return { ...rest, workflow: { id: workflowId, name: workflowName } };
}
