import type { Role } from '../tenancy/model.ts';
import { QUORUM } from './approval-terms.ts';
import { decisionRefusal, votingRoles } from './decision-refusal.ts';
import type { ApprovalDecision, ApprovalRequest } from './model.ts';

/** The part of a request that says which decisions count. */
export type VotingRules = Pick<
  ApprovalRequest,
  'class' | 'quorum' | 'planHash' | 'requesterId' | 'approvers' | 'expiresAt'
>;

export type Settlement = 'PENDING' | 'APPROVED' | 'DENIED';

/** An approval that counts: who stands behind it, and the roles in one of which it counts. */
export interface Vote {
  /** The person who decided and, for a decision on somebody's behalf, the approver who handed the power over. */
  people: string[];
  roles: Role[];
}

/**
 * What the decisions come to. Used by the verb when one is made, and again by the run on its own copy of the request.
 * A decision does not count when it is about another plan, by or on behalf of the requester, by somebody who is no
 * approver or not before the expiry. One denial denies, whenever it came; else enough approvals approve. For Class C
 * they must come from different people in different roles, each with a reason; a delegator and a delegate are one
 * person there. The order of the decisions is without meaning.
 */
export function settle(rules: VotingRules, decisions: readonly ApprovalDecision[]): Settlement {
  const valid = decisions.filter((decision) => isValid(rules, decision));
  if (valid.some((decision) => decision.verdict !== 'APPROVE')) return 'DENIED';
  const needed = neededApprovals(rules);
  return countApprovals(approvalsOf(rules, valid), needed) >= needed ? 'APPROVED' : 'PENDING';
}

/** How many approvals the request needs. The class is a floor: a request never needs fewer than its class does. */
export function neededApprovals(rules: Pick<VotingRules, 'class' | 'quorum'>): number {
  return Math.max(rules.quorum, QUORUM[rules.class]);
}

/** The approvals that count, each by itself; which of them count together is for {@link countApprovals}. */
export function approvalsOf(rules: VotingRules, decisions: readonly ApprovalDecision[]): Vote[] {
  return decisions
    .filter((decision) => decision.verdict === 'APPROVE' && isValid(rules, decision))
    .filter((decision) => rules.class !== 'C' || isTyped(decision.reason))
    .map((decision) => ({
      people: [decision.personId, decision.onBehalfOf].filter((id) => id !== null),
      roles: votingRoles(rules.approvers, voterOf(decision)),
    }));
}

/**
 * How many of these approvals count together, up to `most`: no two of them may have a person in common, and each takes
 * a role that no other one takes. Tries every way, which is quick, since nobody needs more than two.
 */
export function countApprovals(votes: readonly Vote[], most: number): number {
  if (most <= 0) return 0;
  let best = 0;
  for (const [i, vote] of votes.entries())
    for (const role of vote.roles) {
      if (best === most) return best;
      const rest = votes
        .slice(i + 1)
        .filter((other) => !other.people.some((person) => vote.people.includes(person)))
        .map((other) => ({ ...other, roles: other.roles.filter((one) => one !== role) }));
      best = Math.max(best, 1 + countApprovals(rest, most - 1));
    }
  return best;
}

/** True when a reason says something: anything but blanks. */
export function isTyped(reason: string | null | undefined): reason is string {
  return typeof reason === 'string' && reason.trim() !== '';
}

function isValid(rules: VotingRules, decision: ApprovalDecision): boolean {
  return (
    decision.planHash === rules.planHash &&
    Date.parse(decision.decidedAt) < Date.parse(rules.expiresAt) &&
    decisionRefusal(rules, voterOf(decision)) === null
  );
}

/** Membership was checked when the decision was made; whoever leaves later still is who decided. */
function voterOf(decision: ApprovalDecision) {
  return {
    id: decision.personId,
    email: decision.onBehalfOf === null ? decision.personEmail : (decision.onBehalfOfEmail ?? ''),
    roles: decision.roles,
    isMember: true,
    onBehalfOf: decision.onBehalfOf,
  };
}
