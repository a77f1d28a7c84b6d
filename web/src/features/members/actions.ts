'use server';

import { graphql } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';
import type { Role } from './loaders.ts';

const INVITE = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      person {
        id
      }
    }
  }
`);
const SET_ROLES = graphql(`
  mutation SetMemberRoles($input: SetMemberRolesInput!) {
    setMemberRoles(input: $input) {
      roles
    }
  }
`);
const REMOVE = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      person {
        id
      }
    }
  }
`);

/** Takes a person into the organisation. Gives why not, or null. */
export async function inviteMember(input: {
  idempotencyKey: string;
  email: string;
  name: string;
  roles: Role[];
}): Promise<Problem | null> {
  return (await change(INVITE, { input })).problem;
}

/** Gives a member other roles. */
export async function setMemberRoles(input: { personId: string; roles: Role[] }): Promise<Problem | null> {
  return (await change(SET_ROLES, { input })).problem;
}

/** Takes a member out of the organisation, with their API keys. */
export async function removeMember(personId: string): Promise<Problem | null> {
  return (await change(REMOVE, { input: { personId } })).problem;
}
