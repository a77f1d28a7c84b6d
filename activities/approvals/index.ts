export { announce } from './announce.ts';
export { approvalActivities } from './approval-activities.ts';
export {
  approvalAnalytics,
  type AnalyticsGroup,
  type ApprovalAnalytics,
  type ApprovalFigures,
  type ApprovalFiguresOf,
  type Bottleneck,
} from './approval-analytics.ts';
export type { ApprovalView, DecisionView } from './approval-view.ts';
export { decideApproval } from './decide-approval.ts';
export { decideApprovals, type BatchResult } from './decide-approvals.ts';
export { decideByLink, readApprovalLink, type LinkDecision, type LinkPage } from './approval-link.ts';
export { approvalMailActivities, type ApprovalMailClients } from './approval-mail.ts';
export { delegateApprovals } from './delegate-approvals.ts';
export type { DelegationView } from './delegation-view.ts';
export { getApproval } from './get-approval.ts';
export { listApprovals, type ApprovalFilter } from './list-approvals.ts';
export { listDelegations } from './list-delegations.ts';
export { revokeDelegation } from './revoke-delegation.ts';
export { tellWithdrawn } from './tell-withdrawn.ts';
