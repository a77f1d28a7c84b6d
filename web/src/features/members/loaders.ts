import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const MEMBERS = graphql(`
  query Members($first: Int!, $after: String) {
    members(first: $first, after: $after) {
      edges {
        node {
          person {
            id
            name
            email
          }
          roles
          joinedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    viewer {
      person {
        id
      }
      roles
      permissions
    }
  }
`);

const MEMBERS_A_PAGE = 50;

export type ListedMember = ResultOf<typeof MEMBERS>['members']['edges'][number]['node'];
/** What a member may be. */
export type Role = ListedMember['roles'][number];

/** A page of the members, who joined last first, with who asks. */
export function loadMembers(after: string | undefined) {
  return ask(MEMBERS, { first: MEMBERS_A_PAGE, after: after ?? null });
}
