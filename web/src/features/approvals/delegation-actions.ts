'use server';

import { graphql, type VariablesOf } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const DELEGATE = graphql(`
  mutation DelegateApprovals($input: DelegateApprovalsInput!) {
    delegateApprovals(input: $input) {
      id
    }
  }
`);
const REVOKE = graphql(`
  mutation RevokeDelegation($input: RevokeDelegationInput!) {
    revokeDelegation(input: $input) {
      id
    }
  }
`);

/** Hands the person's approvals to somebody else for a time. Gives why not, or null. */
export async function delegateApprovals(
  input: VariablesOf<typeof DELEGATE>['input'],
): Promise<Problem | null> {
  return (await change(DELEGATE, { input })).problem;
}

/** Ends a delegation at once and for good. Gives why not, or null. */
export async function endDelegation(id: string): Promise<Problem | null> {
  return (await change(REVOKE, { input: { id } })).problem;
}
