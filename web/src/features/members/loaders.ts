import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const MEMBERS = graphql(`
  query Members($first: Int!, $after: String) {
    members(first: $first, after: $after) {
      edges {
        node {
          roles
          joinedAt
          person {
            id
            name
            email
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

export type ShownMember = ResultOf<typeof MEMBERS>['members']['edges'][number]['node'];

/** A page of the people of the organisation, newest first. */
export function loadMembers(after: string | undefined) {
  return ask(MEMBERS, { first: 50, after: after ?? null });
}
