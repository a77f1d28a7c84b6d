import { Args, Context, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { decideApproval, getApproval, listApprovals } from '../../activities/approvals/index.ts';
import type { Ctx } from '../../activities/context.ts';
import { CurrentCtx, type GraphqlContext } from '../context.ts';
import { Filter, Input } from '../fields.ts';
import { fromGlobalId, fromOptionalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { watchApprovals } from './watch-approvals.ts';
import {
  Approval,
  ApprovalConnection,
  ApprovalFilter,
  DecideApprovalInput,
  toApproval,
} from './approvals.model.ts';

/** Requests for approval, and decisions. */
@Resolver()
export class ApprovalsResolver {
  @Query(() => ApprovalConnection, { description: 'The requests for approval, newest first.' })
  async approvals(
    @CurrentCtx() ctx: Ctx,
    @Args() { first, after }: PageArgs,
    @Filter(() => ApprovalFilter) filter: ApprovalFilter | null,
  ) {
    const runId = fromOptionalId('Run', filter?.runId, 'filter.runId');
    const workflowId = fromOptionalId('Workflow', filter?.workflowId, 'filter.workflowId');
    const page = await listApprovals(ctx, { first, after, filter: { ...filter, runId, workflowId } });
    const items = page.items.map(({ cursor, node }) => ({ cursor, node: toApproval(node) }));
    return toConnection({ ...page, items }, after);
  }

  @Query(() => Approval, { nullable: true, description: 'One request for approval.' })
  async approval(
    @CurrentCtx() ctx: Ctx,
    @Args('id', { type: () => ID, description: 'The id of the request.' }) id: string,
  ) {
    return toApproval(await getApproval(ctx, { id: fromGlobalId('Approval', id, 'id') }));
  }

  @Mutation(() => Approval, { description: 'Decides a request as yourself. A decision cannot be changed.' })
  async decideApproval(@CurrentCtx() ctx: Ctx, @Input() { approvalId, ...rest }: DecideApprovalInput) {
    const id = fromGlobalId('Approval', approvalId, 'approvalId');
    return toApproval(await decideApproval(ctx, { approvalId: id, ...rest }));
  }

  @Subscription(() => Approval, {
    description:
      'Each request of the organisation that is made or changes, from now on. After a break it tells of the ' +
      'newest pending ones again.',
  })
  approvalEvents(@CurrentCtx() ctx: Ctx, @Context() { live }: GraphqlContext) {
    return watchApprovals(ctx, live);
  }
}
