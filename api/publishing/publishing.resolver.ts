import { Mutation, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import { getWorkflow } from '../../activities/definitions/index.ts';
import { archiveWorkflow, publishWorkflow } from '../../activities/publishing/index.ts';
import { CurrentCtx } from '../context.ts';
import { ArchiveWorkflowInput, PublishWorkflowInput, Workflow } from '../definitions/definitions.model.ts';
import { Input } from '../fields.ts';
import { fromGlobalId } from '../global-id.ts';

/** What puts a workflow into use and takes it out again, with all that starts it. */
@Resolver()
export class PublishingResolver {
  @Mutation(() => Workflow, { description: 'Makes the draft the next version, which runs from now on.' })
  async publishWorkflow(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: PublishWorkflowInput) {
    const id = fromGlobalId('Workflow', input.workflowId, 'workflowId');
    await publishWorkflow(ctx, { ...input, workflowId: id }, idempotencyKey ?? undefined);
    return getWorkflow(ctx, { id });
  }

  @Mutation(() => Workflow, { description: 'Takes a workflow out of use. Its versions and runs stay.' })
  archiveWorkflow(@CurrentCtx() ctx: Ctx, @Input() { workflowId }: ArchiveWorkflowInput) {
    return archiveWorkflow(ctx, { workflowId: fromGlobalId('Workflow', workflowId, 'workflowId') });
  }
}
