import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, askForPage } from '../../lib/api.ts';

const BULK = graphql(`
  query BulkRerun($id: ID!, $first: Int!, $after: String) {
    bulkRerun(id: $id) {
      id
      status
      pending
      started
      refused
      failureFingerprint
      version
      createdAt
      finishedAt
      createdBy {
        kind
        name
      }
      items(first: $first, after: $after) {
        edges {
          node {
            runId
            status
            newRunId
            message
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
const FAILURES = graphql(`
  query Failures($first: Int!, $after: String) {
    failures(first: $first, after: $after) {
      edges {
        node {
          fingerprint
          code
          message
          stepId
          count
          open
          firstAt
          lastAt
          newestRunId
          workflow {
            id
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

const A_PAGE = 50;

export type ShownBulk = NonNullable<ResultOf<typeof BULK>['bulkRerun']>;
export type Failure = ResultOf<typeof FAILURES>['failures']['edges'][number]['node'];

/** A bulk re-run with a page of its runs. Leads to "not found" for an unknown id. */
export function loadBulk(id: string, after: string | undefined) {
  return askForPage(BULK, { id, first: A_PAGE, after: after ?? null });
}

/** The reasons for which runs failed, the one that struck last first. */
export function loadFailures(after: string | undefined) {
  return ask(FAILURES, { first: A_PAGE, after: after ?? null });
}
