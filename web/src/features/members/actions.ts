'use server';

import { graphql } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';
import type { Role } from '../../lib/roles.ts';

const INVITE = graphql(`
  mutation Invite($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      joinedAt
    }
  }
`);
const SET_ROLES = graphql(`
  mutation SetRoles($input: SetMemberRolesInput!) {
    setMemberRoles(input: $input) {
      roles
    }
  }
`);
const REMOVE = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      joinedAt
    }
  }
`);

/** Takes a person in. Gives why not, or null. */
export async function inviteMember(input: {
  email: string;
  name: string;
  roles: Role[];
  idempotencyKey: string;
}): Promise<Problem | null> {
  return (await change(INVITE, { input })).problem;
}

/** Gives a member these roles and no others. */
export async function setRoles(personId: string, roles: Role[]): Promise<Problem | null> {
  return (await change(SET_ROLES, { input: { personId, roles } })).problem;
}

/** Lets a member go. */
export async function removeMember(personId: string): Promise<Problem | null> {
  return (await change(REMOVE, { input: { personId } })).problem;
}
