import type { Role } from '../tenancy/model.ts';
import { DECIDING_ROLES } from './approval-terms.ts';
import type { ApprovalDecision } from './model.ts';
import { approvalsOf, countApprovals, neededApprovals, type Vote, type VotingRules } from './settle.ts';

/** What a pending request still lacks, for people. `nowMs`: milliseconds since 1970. */
export function explainPending(
  rules: VotingRules,
  decisions: readonly ApprovalDecision[],
  nowMs: number,
): string {
  const votes = approvalsOf(rules, decisions);
  const needed = neededApprovals(rules);
  const count = `${countApprovals(votes, needed)} of ${needed} ${needed === 1 ? 'approval' : 'approvals'}`;
  if (nowMs >= Date.parse(rules.expiresAt)) return `${count}; the time to decide is over.`;
  if (needed < 2) return `${count}.`;
  if (votes.length === 0) return `${count}; they must come from people with different roles.`;
  const spent = spentRoles(votes, needed);
  return spent.length === 0
    ? `${count}; the next must come from another person.`
    : `${count}; the next must come from another person, in another role than ${spent.join(' or ')}.`;
}

/** The roles in which one more approval, by somebody new, would not help. */
function spentRoles(votes: Vote[], needed: number): Role[] {
  const now = countApprovals(votes, needed);
  return DECIDING_ROLES.filter((role) => {
    const oneMore = { people: ['somebody new'], roles: [role] };
    return countApprovals([...votes, oneMore], needed) === now;
  });
}
