import 'server-only';
import { graphql } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const AUDIT = graphql(`
  query AuditLog($first: Int!, $after: String, $filter: AuditLogFilter) {
    auditLog(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          sequence
          at
          action
          target
          details
          requestId
          actor {
            kind
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
const CHAIN = graphql(`
  query AuditChain {
    auditChain {
      valid
      checked
      brokenAt
    }
  }
`);

/** A page of what was done here, newest first. */
export function loadAudit({ after, action }: { after: string | undefined; action: string | undefined }) {
  return ask(AUDIT, { first: 50, after: after ?? null, filter: action === undefined ? {} : { action } });
}

/** Reads every link of the log and says whether each fits the one before; takes a while on a long log. */
export function checkAuditChain() {
  return ask(CHAIN, {});
}
