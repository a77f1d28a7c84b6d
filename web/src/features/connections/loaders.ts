import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const CONNECTIONS = graphql(`
  query Connections($first: Int!, $after: String) {
    connections(first: $first, after: $after) {
      edges {
        node {
          id
          name
          kind
          settings
          secretFields
          rotatedAt
          createdAt
          createdBy {
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

export type ShownConnection = ResultOf<typeof CONNECTIONS>['connections']['edges'][number]['node'];

/** A page of the connections, newest first. Secrets are named, never shown. */
export function loadConnections(after: string | undefined) {
  return ask(CONNECTIONS, { first: 50, after: after ?? null });
}
