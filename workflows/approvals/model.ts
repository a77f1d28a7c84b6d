import type { ApprovalId, PersonId, RunId, TenantId, WorkflowId } from '../ids.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Role } from '../tenancy/model.ts';
import type { FormField } from './form.ts';

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
  /** What an approver fills in; left out without a form. */
  form?: FormField[];
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
  /** Approvers are reminded every so many seconds until it is decided; left out: never. */
  remindEverySeconds?: number;
  /** Who may decide besides, from the moment `at` on; left out: nobody. */
  escalation?: { at: string; approvers: Approvers };
}

/** One person's decision, as it was when it was made. */
export interface ApprovalDecision {
  personId: PersonId;
  personEmail: string;
  /** The approver whose power the person used, by a delegation; null for a decision in the person's own right. */
  onBehalfOf: PersonId | null;
  /** The address of `onBehalfOf` as it was then; null without one. */
  onBehalfOfEmail: string | null;
  /** The roles voted with: one's own, or those of `onBehalfOf`. */
  roles: Role[];
  verdict: Verdict;
  reason: string | null;
  /** The form as this person filled it in; null without one. */
  answers: JsonObject | null;
  planHash: string;
  decidedAt: string;
}

/** A request with what has been decided so far. */
export interface ApprovalState {
  status: ApprovalStatus;
  decisions: ApprovalDecision[];
  /** Set when the organisation has a mail connection of its own, so that people can be written to. */
  mails?: true;
}

/** One occasion on which people are written to about a request; `number` tells reminders apart. */
export interface ApprovalMail {
  tenantId: TenantId;
  approvalId: ApprovalId;
  kind: 'request' | 'reminder' | 'escalation' | 'outcome' | 'withdrawal';
  number: number;
}
