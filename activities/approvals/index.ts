export { approvalActivities } from './approval-activities.ts';
export type { ApprovalView, DecisionView } from './approval-view.ts';
export { decideApproval } from './decide-approval.ts';
export { getApproval } from './get-approval.ts';
export { listApprovals, type ApprovalFilter } from './list-approvals.ts';
