import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const KEYS = graphql(`
  query ApiKeys($first: Int!, $after: String) {
    apiKeys(first: $first, after: $after) {
      edges {
        node {
          id
          name
          prefix
          roles
          service
          createdAt
          expiresAt
          lastUsedAt
          revokedAt
          person {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    viewer {
      roles
    }
  }
`);

export type ShownKey = ResultOf<typeof KEYS>['apiKeys']['edges'][number]['node'];

/** A page of the keys, revoked ones too, newest first; and the roles that a new one could have. */
export function loadKeys(after: string | undefined) {
  return ask(KEYS, { first: 50, after: after ?? null });
}
