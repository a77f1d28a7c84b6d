import 'server-only';
import { cache } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      person {
        id
        name
        email
      }
      roles
      permissions
      organisation {
        id
        name
      }
      memberships {
        organisation {
          id
          name
          slug
        }
        roles
      }
    }
    approvals(first: 20, filter: { waitingForMe: true }) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

/** Who is signed in, where, and what waits for them. */
export type Viewer = ResultOf<typeof VIEWER>;

/** Reads it once for each page. */
export const loadViewer = cache(() => ask(VIEWER, {}));

/** What the person who is signed in may do; nothing when it could not be read. */
export async function loadPermissions(): Promise<ReadonlySet<string>> {
  const { data } = await loadViewer();
  return new Set(data?.viewer.permissions ?? []);
}
