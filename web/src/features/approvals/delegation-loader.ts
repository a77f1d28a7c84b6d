import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const DELEGATIONS = graphql(`
  query Delegations($first: Int!, $after: String) {
    approvalDelegations(first: $first, after: $after) {
      edges {
        node {
          id
          startsAt
          endsAt
          revokedAt
          inForce
          reason
          from {
            id
            name
          }
          to {
            id
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    members(first: 100) {
      edges {
        node {
          person {
            id
            name
            email
          }
        }
      }
    }
    viewer {
      person {
        id
      }
      permissions
    }
  }
`);

/** Old ones go along: a page holds what somebody gives in a year. */
const DELEGATIONS_A_PAGE = 50;

export type Delegation = ResultOf<typeof DELEGATIONS>['approvalDelegations']['edges'][number]['node'];
export type ListedPerson = ResultOf<typeof DELEGATIONS>['members']['edges'][number]['node']['person'];

/** A page of the delegations, newest first, with the people to choose from and who asks. */
export function loadDelegations(after: string | undefined) {
  return ask(DELEGATIONS, { first: DELEGATIONS_A_PAGE, after: after ?? null });
}
