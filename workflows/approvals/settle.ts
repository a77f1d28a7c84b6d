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

/**
 * What the decisions come to. Used by the verb when one is made, and again by the run on its own copy of the request.
 * A decision does not count when it is about another plan, by the requester, by somebody who is no approver or not
 * before the expiry. One denial denies, whenever it came; else enough approvals approve. For Class C they must come
 * from different people in different roles, each with a reason. The order of the decisions is without meaning.
 */
export function settle(rules: VotingRules, decisions: readonly ApprovalDecision[]): Settlement {
  const valid = decisions.filter((decision) => isValid(rules, decision));
  if (valid.some((decision) => decision.verdict !== 'APPROVE')) return 'DENIED';
  return countApprovals(approvalsOf(rules, valid)) >= neededApprovals(rules) ? 'APPROVED' : 'PENDING';
}

/** How many approvals the request needs. The class is a floor: a request never needs fewer than its class does. */
export function neededApprovals(rules: Pick<VotingRules, 'class' | 'quorum'>): number {
  return Math.max(rules.quorum, QUORUM[rules.class]);
}

/** The voting roles of each person whose approval counts, one entry a person. */
export function approvalsOf(rules: VotingRules, decisions: readonly ApprovalDecision[]): Role[][] {
  const roles = new Map<string, Role[]>();
  for (const decision of decisions) {
    if (decision.verdict !== 'APPROVE' || !isValid(rules, decision)) continue;
    if (rules.class === 'C' && !isTyped(decision.reason)) continue;
    const person = { email: decision.personEmail, roles: decision.roles };
    roles.set(decision.personId, [
      ...(roles.get(decision.personId) ?? []),
      ...votingRoles(rules.approvers, person),
    ]);
  }
  return [...roles.values()];
}

/**
 * How many of these people can be given a role each so that no two have the same: a maximum matching by augmenting
 * paths (Kuhn's algorithm).
 */
export function countApprovals(people: readonly Role[][]): number {
  const holder = new Map<Role, number>();
  const place = (person: number, tried: Set<Role>): boolean =>
    (people[person] ?? []).some((role) => {
      if (tried.has(role)) return false;
      tried.add(role);
      const other = holder.get(role);
      if (other !== undefined && !place(other, tried)) return false;
      holder.set(role, person);
      return true;
    });
  return people.filter((_, person) => place(person, new Set())).length;
}

/** True when a reason says something: anything but blanks. */
export function isTyped(reason: string | null | undefined): reason is string {
  return typeof reason === 'string' && reason.trim() !== '';
}

function isValid(rules: VotingRules, decision: ApprovalDecision): boolean {
  const person = {
    id: decision.personId,
    email: decision.personEmail,
    roles: decision.roles,
    isMember: true,
  };
  return (
    decision.planHash === rules.planHash &&
    Date.parse(decision.decidedAt) < Date.parse(rules.expiresAt) &&
    decisionRefusal(rules, person) === null
  );
}
