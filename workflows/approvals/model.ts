import type { ApprovalId, PersonId, RunId, TenantId, WorkflowId } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Role } from '../tenancy/model.ts';

/** A runs by itself (post-launch), B needs one approver, C needs two approvers of different roles and typed reasons. */
export const APPROVAL_CLASSES = ['A', 'B', 'C'] as const;
export type ApprovalClass = (typeof APPROVAL_CLASSES)[number];

export const APPROVAL_STATUSES = ['PENDING', 'APPROVED', 'DENIED', 'EXPIRED', 'WITHDRAWN'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** What one person said. */
export type Verdict = 'APPROVE' | 'DENY';

/** Who may decide: any of these roles or these people (by e-mail address, lower case). */
export interface Approvers {
  roles: Role[];
  people: string[];
}

/** What is asked for, exactly. Its hash binds a decision to it: another plan needs another decision. */
export interface ApprovalPlan {
  workflow: { id: WorkflowId; name: string; version: number; hash: string };
  runId: RunId;
  /** Path of the waiting step. */
  path: string;
  title: string;
  details: Json;
  class: ApprovalClass;
  /** The actions that go on once this is approved. */
  guards: GuardedAction[];
}

/** An action behind a gate, as it is written in the definition (never with a secret: connections go by name). */
export interface GuardedAction {
  stepId: string;
  kind: string;
  summary: string;
  class: ApprovalClass;
}

/** The terms of one request, fixed when it is made. Times are ISO 8601. */
export interface ApprovalRequest {
  approvalId: ApprovalId;
  tenantId: TenantId;
  runId: RunId;
  path: string;
  class: ApprovalClass;
  plan: ApprovalPlan;
  planHash: string;
  /** The person whose action this is; never an approver of it. Null when nobody started it (a webhook). */
  requesterId: PersonId | null;
  approvers: Approvers;
  /** How many different people must approve: 0 for A, 1 for B, 2 for C. */
  quorum: number;
  requestedAt: string;
  expiresAt: string;
}

/** One person's decision, as it was when it was made. */
export interface ApprovalDecision {
  personId: PersonId;
  personEmail: string;
  /** The approver whose power the person used, by a delegation; null for a decision in the person's own right. */
  onBehalfOf: PersonId | null;
  /** The address of `onBehalfOf`; null without one, and once that approver has left the organisation. */
  onBehalfOfEmail: string | null;
  /** The roles voted with: one's own, or those of `onBehalfOf`. */
  roles: Role[];
  verdict: Verdict;
  reason: string | null;
  planHash: string;
  decidedAt: string;
}

/** A request with what has been decided so far. */
export interface ApprovalState {
  status: ApprovalStatus;
  decisions: ApprovalDecision[];
}
