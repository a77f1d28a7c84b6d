import { getApproval, listApprovals, type ApprovalView } from '../../activities/approvals/index.ts';
import type { Ctx } from '../../activities/context.ts';
import { requirePermission } from '../../activities/verb.ts';
import { MAX_PAGE } from '../../activities/page.ts';
import type { LiveFeed } from '../live-feed.ts';
import { closingInbox, openLiveInbox, type LiveInbox } from '../live-inbox.ts';
import { toApproval, type Approval } from './approvals.model.ts';

/** An item of the subscription `approvalEvents`. */
export interface ApprovalEvent {
  approvalEvents: Approval;
}

/** The requests of the caller's organisation that are made or change, each as it stands when told. */
export function watchApprovals(ctx: Ctx, feed: LiveFeed): AsyncGenerator<ApprovalEvent> {
  requirePermission(ctx, getApproval.permission);
  const inbox = openLiveInbox(feed, ctx.tenantId, {
    keyOf: (event) => (event.topic === 'approval' ? event.approvalId : null),
  });
  return closingInbox(inbox, changes(ctx, inbox));
}

async function* changes(ctx: Ctx, inbox: LiveInbox): AsyncGenerator<ApprovalEvent> {
  try {
    for (let heard = await inbox.take(); heard !== null; heard = await inbox.take()) {
      const views: ApprovalView[] = heard.missed ? await pending(ctx) : [];
      for (const id of heard.keys) views.push(await getApproval(ctx, { id }));
      for (const view of views) yield { approvalEvents: toApproval(view) };
    }
  } finally {
    inbox.close();
  }
}

async function pending(ctx: Ctx): Promise<ApprovalView[]> {
  const page = await listApprovals(ctx, { first: MAX_PAGE, filter: { status: 'PENDING' } });
  return page.items.map((item) => item.node);
}
