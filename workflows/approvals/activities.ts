import type { ApprovalId, PersonId, RunId, TenantId } from '../ids.ts';
import type { ApprovalMail, ApprovalRequest, ApprovalState } from './model.ts';

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
  /** Notes the reminder of this number (from 1), once, while the request is PENDING. */
  remindApprovers(input: ApprovalKey & { number: number }): Promise<ApprovalState>;
  /** Lets those named in the request's escalation decide too, once, while the request is PENDING. */
  escalateApproval(input: ApprovalKey): Promise<ApprovalState>;
  /** Who is to be written to, at this moment; empty when the occasion is over. */
  mailRecipients(input: ApprovalMail): Promise<PersonId[]>;
  /** Writes to one of them. The same mail again has the same Message-ID. Throws when it may work later. */
  sendApprovalMail(input: ApprovalMail & { personId: PersonId }): Promise<void>;
}

export interface ApprovalKey {
  tenantId: TenantId;
  runId: RunId;
  approvalId: ApprovalId;
}
