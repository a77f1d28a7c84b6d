import 'server-only';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const EVENTS = graphql(`
  query AuditLog($first: Int!, $after: String, $filter: AuditLogFilter) {
    auditLog(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          sequence
          at
          action
          target
          requestId
          details
          actor {
            kind
            name
            email
            personId
            apiKeyId
            runId
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
const PEOPLE = graphql(`
  query AuditPeople {
    members(first: 100) {
      edges {
        node {
          person {
            id
            name
          }
        }
      }
    }
  }
`);

export type AuditEvent = ResultOf<typeof EVENTS>['auditLog']['edges'][number]['node'];
export type AuditFilter = NonNullable<VariablesOf<typeof EVENTS>['filter']>;

/** A page of the audit log, newest first. */
export function loadEvents(page: { first: number; after: string | undefined; filter: AuditFilter }) {
  return ask(EVENTS, { ...page, after: page.after ?? null });
}

/** The people to choose from, as far as one page of them goes. */
export async function loadPeople() {
  const { data } = await ask(PEOPLE, {});
  return data?.members.edges.map(({ node }) => node.person) ?? [];
}
