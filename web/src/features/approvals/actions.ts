'use server';

import { graphql, type Json } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const DECIDE = graphql(`
  mutation Decide($input: DecideApprovalInput!) {
    decideApproval(input: $input) {
      id
    }
  }
`);

/** What somebody decided, about exactly the plan that they saw. */
export interface WantedDecision {
  approvalId: string;
  planHash: string;
  decision: 'APPROVE' | 'DENY';
  reason: string;
  answers: { [name: string]: Json } | null;
}

/** Decides a request as the person who is signed in. Gives why not, or null. */
export async function decideApproval({
  reason,
  answers,
  ...wanted
}: WantedDecision): Promise<Problem | null> {
  const input = {
    ...wanted,
    reason: reason.trim() === '' ? null : reason.trim(),
    ...(answers === null ? {} : { answers }),
  };
  return (await change(DECIDE, { input })).problem;
}
