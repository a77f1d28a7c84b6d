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
          person {
            name
          }
          createdAt
          lastUsedAt
          expiresAt
          revokedAt
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

const KEYS_A_PAGE = 50;

export type ListedKey = ResultOf<typeof KEYS>['apiKeys']['edges'][number]['node'];

/** A page of the API keys, newest first, with who asks. */
export function loadKeys(after: string | undefined) {
  return ask(KEYS, { first: KEYS_A_PAGE, after: after ?? null });
}
