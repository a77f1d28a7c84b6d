'use server';

import { graphql, type Json, type ResultOf, type VariablesOf } from '../../graphql/graphql.ts';
import type { Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const DECIDE = graphql(`
  mutation Decide($input: DecideApprovalInput!) {
    decideApproval(input: $input) {
      id
    }
  }
`);
const DECIDE_TOGETHER = graphql(`
  mutation DecideTogether($input: DecideApprovalsInput!) {
    decideApprovals(input: $input) {
      approvalId
      reason
      message
      approval {
        status
      }
    }
  }
`);

/** What came of one request of several. */
export type Outcome = ResultOf<typeof DECIDE_TOGETHER>['decideApprovals'][number];
export type DecisionTogether = VariablesOf<typeof DECIDE_TOGETHER>['input'];

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
    reason: reason.trim() || null,
    ...(answers === null ? {} : { answers }),
  };
  return (await change(DECIDE, { input })).problem;
}

/** Decides requests that ask for exactly the same, each for itself: one that is refused holds up no other. */
export async function decideTogether(input: DecisionTogether): Promise<Answer<Outcome[]>> {
  const { data, problem } = await change(DECIDE_TOGETHER, { input });
  return problem === null ? { data: data.decideApprovals, problem } : { data: null, problem };
}
