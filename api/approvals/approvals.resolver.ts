import { Args, Context, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import {
  approvalAnalytics,
  decideApproval,
  decideApprovals,
  delegateApprovals,
  getApproval,
  listApprovals,
  listDelegations,
  revokeDelegation,
} from '../../activities/approvals/index.ts';
import type { Ctx } from '../../activities/context.ts';
import { CurrentCtx, type GraphqlContext } from '../context.ts';
import { Filter, Input } from '../fields.ts';
import { fromGlobalId, fromOptionalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { ApprovalAnalytics, ApprovalAnalyticsArgs, toApprovalAnalytics } from './analytics.model.ts';
import { Approval, ApprovalConnection, ApprovalFilter, toApproval } from './approvals.model.ts';
import {
  BatchDecision,
  DecideApprovalInput,
  DecideApprovalsInput,
  toBatchDecision,
} from './decisions.model.ts';
import {
  ApprovalDelegation,
  ApprovalDelegationConnection,
  DelegateApprovalsInput,
  RevokeDelegationInput,
} from './delegations.model.ts';
import { watchApprovals } from './watch-approvals.ts';

/** Requests for approval, decisions, delegations and how it all goes. */
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

  @Query(() => ApprovalDelegationConnection, {
    description: 'Who decides approvals for whom: all delegations, over and revoked ones too, newest first.',
  })
  async approvalDelegations(@CurrentCtx() ctx: Ctx, @Args() { first, after }: PageArgs) {
    return toConnection(await listDelegations(ctx, { first, after }), after);
  }

  @Query(() => ApprovalAnalytics, {
    description: 'How approvals went in a period: counts, waiting times, and where they are stuck now.',
  })
  async approvalAnalytics(@CurrentCtx() ctx: Ctx, @Args() { from, to, groupBy }: ApprovalAnalyticsArgs) {
    return toApprovalAnalytics(await approvalAnalytics(ctx, { from, to, groupBy }));
  }

  @Mutation(() => Approval, {
    description:
      'Decides a request, for yourself or for somebody who delegated to you. It cannot be changed later.',
  })
  async decideApproval(@CurrentCtx() ctx: Ctx, @Input() { approvalId, ...rest }: DecideApprovalInput) {
    const id = fromGlobalId('Approval', approvalId, 'approvalId');
    const onBehalfOf = fromOptionalId('Person', rest.onBehalfOf, 'onBehalfOf');
    return toApproval(await decideApproval(ctx, { ...rest, approvalId: id, onBehalfOf }));
  }

  @Mutation(() => [BatchDecision], {
    description:
      'Decides up to 200 requests that ask for exactly the same, each by itself: one that is refused undoes no other.',
  })
  async decideApprovals(
    @CurrentCtx() ctx: Ctx,
    @Input() { approvalIds, idempotencyKey, ...decision }: DecideApprovalsInput,
  ) {
    const ids = approvalIds.map((id) => fromGlobalId('Approval', id, 'approvalIds'));
    const results = await decideApprovals(
      ctx,
      { ...decision, approvalIds: ids },
      idempotencyKey ?? undefined,
    );
    return results.map(toBatchDecision);
  }

  @Mutation(() => ApprovalDelegation, {
    description: 'Hands your power to decide approvals to one other person for a period.',
  })
  delegateApprovals(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: DelegateApprovalsInput) {
    const toPersonId = fromGlobalId('Person', input.toPersonId, 'toPersonId');
    return delegateApprovals(ctx, { ...input, toPersonId }, idempotencyKey ?? undefined);
  }

  @Mutation(() => ApprovalDelegation, { description: 'Ends a delegation at once and for good.' })
  revokeDelegation(@CurrentCtx() ctx: Ctx, @Input() { id }: RevokeDelegationInput) {
    return revokeDelegation(ctx, { id: fromGlobalId('ApprovalDelegation', id, 'id') });
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
