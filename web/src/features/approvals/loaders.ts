import 'server-only';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';
import { PROGRESS_FACTS } from './approval-progress.ts';

const APPROVALS = graphql(
  `
    query Approvals($first: Int!, $after: String, $filter: ApprovalFilter) {
      approvals(first: $first, after: $after, filter: $filter) {
        edges {
          node {
            id
            title
            status
            requestedAt
            expiresAt
            canDecide
            contentHash
            ...ProgressFacts
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
  `,
  [PROGRESS_FACTS],
);
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
      quorum
      plan
      planHash
      contentHash
      details
      path
      identicalPending
      reminders
      remindedAt
      escalatedAt
      escalation {
        roles
        people
      }
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
        answers
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
  }
`);
const ALIKE = graphql(`
  query ApprovalsAlike($first: Int!, $filter: ApprovalFilter) {
    approvals(first: $first, filter: $filter) {
      edges {
        node {
          id
          title
          class
          requestedAt
          expiresAt
          plan
          details
          form {
            name
          }
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
      }
    }
  }
`);
const LAST_APPROVED = graphql(`
  query LastApproved($first: Int!, $filter: ApprovalFilter) {
    approvals(first: $first, filter: $filter) {
      edges {
        node {
          id
          path
          plan
          details
          requestedAt
          closedAt
        }
      }
    }
  }
`);

const APPROVALS_A_PAGE = 25;
/** As many as the API gives at once. */
const ALIKE_AT_ONCE = 100;
/** How far back the last approval of a step is looked for. */
const LOOKED_BACK = 25;

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

/** The requests that ask for exactly this and that the person could decide now. */
export function loadAlike(contentHash: string) {
  return ask(ALIKE, { first: ALIKE_AT_ONCE, filter: { contentHash, waitingForMe: true } });
}

/** The newest request of the same step that was approved before this one; null when there is none near by. */
export async function loadLastApproved({ id, path, requestedAt, run }: ShownApproval) {
  const filter = { workflowId: run.workflowId, status: 'APPROVED' } as const;
  const { data } = await ask(LAST_APPROVED, { first: LOOKED_BACK, filter });
  const nodes = data?.approvals.edges.map(({ node }) => node) ?? [];
  const isEarlier = (other: string) => Date.parse(other) < Date.parse(requestedAt);
  return nodes.find((one) => one.id !== id && one.path === path && isEarlier(one.requestedAt)) ?? null;
}
