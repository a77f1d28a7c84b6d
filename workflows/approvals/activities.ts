import type { ApprovalId, RunId, TenantId } from '../ids.ts';
import type { ApprovalRequest, ApprovalState } from './model.ts';

/** What the run workflow asks of the approvals domain. Implemented in `activities/approvals`. */
export interface ApprovalActivities {
  /** Writes the request (once, by its id) and returns its state; a Class A request comes back APPROVED. */
  requestApproval(input: { request: ApprovalRequest }): Promise<ApprovalState>;
  /** The request's state as the database has it. */
  readApproval(input: ApprovalKey): Promise<ApprovalState>;
  /**
   * Ends a request that is still PENDING, as EXPIRED or WITHDRAWN, and returns its final state:
   * a decision that was committed first stands.
   */
  closeApproval(input: ApprovalKey & { as: 'EXPIRED' | 'WITHDRAWN' }): Promise<ApprovalState>;
}

export interface ApprovalKey {
  tenantId: TenantId;
  runId: RunId;
  approvalId: ApprovalId;
}
