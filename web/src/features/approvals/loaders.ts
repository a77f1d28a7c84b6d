import 'server-only';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const APPROVALS = graphql(`
  query Approvals($first: Int!, $after: String, $filter: ApprovalFilter) {
    approvals(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          title
          class
          status
          requestedAt
          expiresAt
          canDecide
          missing
          run {
            id
            workflowName
          }
          requester {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
const APPROVAL = graphql(`
  query Approval($id: ID!) {
    approval(id: $id) {
      id
      title
      class
      status
      requestedAt
      expiresAt
      closedAt
      canDecide
      missing
      quorum
      plan
      planHash
      details
      path
      identicalPending
      reminders
      escalatedAt
      whyNot {
        reason
        message
      }
      approvers {
        roles
        people
      }
      requester {
        name
        email
      }
      run {
        id
        workflowId
        workflowName
      }
      decisions {
        decision
        decidedAt
        reason
        personEmail
        roles
        person {
          name
        }
        onBehalfOfEmail
      }
      form {
        name
        label
        type
        required
        maxLength
        options
      }
    }
    viewer {
      person {
        name
      }
    }
  }
`);

const APPROVALS_A_PAGE = 25;

/** Whose requests a view of the inbox shows. */
export const APPROVAL_VIEWS = ['mine', 'requested', 'all'] as const;
export type ApprovalView = (typeof APPROVAL_VIEWS)[number];

export type ListedApproval = ResultOf<typeof APPROVALS>['approvals']['edges'][number]['node'];
export type ShownApproval = NonNullable<ResultOf<typeof APPROVAL>['approval']>;
export type FormField = NonNullable<ShownApproval['form']>[number];

type Filter = NonNullable<VariablesOf<typeof APPROVALS>['filter']>;
const FILTERS: Record<ApprovalView, Filter> = {
  mine: { waitingForMe: true },
  requested: { requestedByMe: true },
  all: {},
};

/** A page of the requests of a view, newest first. */
export function loadApprovals(view: ApprovalView, after: string | undefined) {
  return ask(APPROVALS, { first: APPROVALS_A_PAGE, after: after ?? null, filter: FILTERS[view] });
}

/** One request with all that is asked for; null when there is none. */
export function loadApproval(id: string) {
  return ask(APPROVAL, { id });
}
