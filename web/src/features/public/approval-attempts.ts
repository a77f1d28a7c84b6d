import { decisionRefusal } from '../../../../workflows/approvals/decision-refusal.ts';
import type { ApprovalDecision } from '../../../../workflows/approvals/model.ts';
import {
  approvalsOf,
  countApprovals,
  neededApprovals,
  settle,
  type VotingRules,
} from '../../../../workflows/approvals/settle.ts';
import type { PersonId } from '../../../../workflows/ids.ts';
import type { Role } from '../../../../workflows/tenancy/model.ts';

/** Who tries to approve, in this order. */
export type Attempter = 'requester' | 'viewer' | 'olderPlan' | 'finance' | 'finance2' | 'security';
/** What comes of it. */
export type Outcome =
  'self_approval' | 'not_an_approver' | 'other_plan' | 'counts' | 'same_role' | 'approved';

const REQUEST: VotingRules = {
  class: 'C',
  quorum: 2,
  planHash: 'the plan that was shown',
  requesterId: 'requester' as PersonId,
  approvers: { roles: ['finance', 'security', 'owner'], people: [] },
  expiresAt: '2100-01-01T00:00:00Z',
};
const ROLE_OF: Record<Attempter, Role> = {
  requester: 'owner',
  viewer: 'viewer',
  olderPlan: 'finance',
  finance: 'finance',
  finance2: 'finance',
  security: 'security',
};

/** Tries to get a request of Class C approved in all ways that come to mind, by the rules that the platform itself uses. */
export function approvalAttempts(): { who: Attempter; outcome: Outcome }[] {
  const counted: ApprovalDecision[] = [];
  return (Object.keys(ROLE_OF) as Attempter[]).map((who) => ({ who, outcome: attempt(who, counted) }));
}

function attempt(who: Attempter, counted: ApprovalDecision[]): Outcome {
  const roles = [ROLE_OF[who]];
  const voter = { id: who, email: `${who}@levqor.example`, roles, isMember: true, onBehalfOf: null };
  const refusal = decisionRefusal(REQUEST, voter);
  if (refusal !== null) return refusal.reason;
  const decision = approvalBy(who, roles);
  if (settle(REQUEST, [...counted, decision]) === 'APPROVED') return 'approved';
  if (votes([...counted, decision]) > votes(counted)) {
    counted.push(decision);
    return 'counts';
  }
  return decision.planHash === REQUEST.planHash ? 'same_role' : 'other_plan';
}

function votes(decisions: ApprovalDecision[]): number {
  return countApprovals(approvalsOf(REQUEST, decisions), neededApprovals(REQUEST));
}

function approvalBy(who: Attempter, roles: Role[]): ApprovalDecision {
  return {
    personId: who as PersonId,
    personEmail: `${who}@levqor.example`,
    roles,
    onBehalfOf: null,
    onBehalfOfEmail: null,
    verdict: 'APPROVE',
    answers: null,
    reason: 'The amount is right.',
    planHash: who === 'olderPlan' ? 'an older plan' : REQUEST.planHash,
    decidedAt: '2026-01-01T00:00:00Z',
  };
}
