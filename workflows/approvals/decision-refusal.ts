import type { Role } from '../tenancy/model.ts';
import { DECIDING_ROLES } from './approval-terms.ts';
import type { ApprovalRequest, Approvers } from './model.ts';

/** Somebody who wants to decide, with the power to do so: one's own, or that of an approver who handed it over. */
export interface Voter {
  /** The person who acts. */
  id: string;
  /** The e-mail address and the roles by which the vote counts: those of `onBehalfOf`, if that is somebody. */
  email: string;
  roles: readonly Role[];
  /** False when the person, or the one decided for, is not a member of the organisation at this moment. */
  isMember: boolean;
  /** The approver for whom this person decides; null for oneself. */
  onBehalfOf: string | null;
}

/** Why a person may not decide: `reason` for programs, `message` for people. */
export interface DecisionRefusal {
  reason: 'self_approval' | 'not_an_approver';
  message: string;
}

type Electorate = Pick<ApprovalRequest, 'requesterId' | 'approvers'>;

/** Null when this person may decide this request, else why not. Neither of a delegator and a delegate may have asked. */
export function decisionRefusal(request: Electorate, person: Voter): DecisionRefusal | null {
  if (person.id === request.requesterId)
    return {
      reason: 'self_approval',
      message: 'You asked for this yourself, so somebody else must decide.',
    };
  if (person.onBehalfOf !== null && person.onBehalfOf === request.requesterId)
    return {
      reason: 'self_approval',
      message: 'The person you stand in for asked for this, so somebody else must decide.',
    };
  if (person.isMember && votingRoles(request.approvers, person).length > 0) return null;
  return { reason: 'not_an_approver', message: `Only ${whoCanDecide(request.approvers)} can decide this.` };
}

/**
 * The roles in which a person's vote counts: the listed ones; for a person who is listed by e-mail address, all that
 * may decide at all. Empty = the vote does not count; builders and viewers never have one.
 */
export function votingRoles(approvers: Approvers, person: Pick<Voter, 'email' | 'roles'>): Role[] {
  const listed = approvers.people.includes(person.email.toLowerCase()) ? DECIDING_ROLES : approvers.roles;
  return DECIDING_ROLES.filter((role) => listed.includes(role) && person.roles.includes(role));
}

function whoCanDecide({ roles, people }: Approvers): string {
  const parts = [];
  if (roles.length > 0) parts.push(`people with the role ${listOf(roles)}`);
  if (people.length > 0) parts.push(listOf(people));
  return parts.join(', or ');
}

function listOf(names: readonly string[]): string {
  const [last = '', ...others] = names.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`;
}
