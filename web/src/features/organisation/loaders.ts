import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const ORGANISATION = graphql(`
  query Organisation {
    viewer {
      launchStage
      permissions
      organisation {
        id
        name
        slug
      }
    }
  }
`);
const CHANGES = graphql(`
  query OrganisationChanges($first: Int!, $filter: AuditLogFilter) {
    auditLog(first: $first, filter: $filter) {
      edges {
        node {
          sequence
          at
          action
          details
          actor {
            kind
            name
          }
        }
      }
    }
  }
`);

const SHOWN_CHANGES = 10;

export type OrganisationChange = ResultOf<typeof CHANGES>['auditLog']['edges'][number]['node'];

/** The organisation that is open, and what the person may do here. */
export function loadOrganisation() {
  return ask(ORGANISATION, {});
}

/** The newest changes of the organisation itself, from the audit log. */
export function loadChanges(organisationId: string) {
  return ask(CHANGES, { first: SHOWN_CHANGES, filter: { target: organisationId } });
}
