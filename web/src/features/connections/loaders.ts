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
          version
          createdAt
          rotatedAt
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

const CONNECTIONS_A_PAGE = 50;

export type ListedConnection = ResultOf<typeof CONNECTIONS>['connections']['edges'][number]['node'];
/** What a connection leads to. */
export type ConnectionKind = ListedConnection['kind'];

/** A page of the connections, newest first. */
export function loadConnections(after: string | undefined) {
  return ask(CONNECTIONS, { first: CONNECTIONS_A_PAGE, after: after ?? null });
}
