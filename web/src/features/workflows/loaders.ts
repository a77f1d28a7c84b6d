import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, askForPage } from '../../lib/api.ts';

const WORKFLOWS = graphql(`
  query Workflows($first: Int!, $after: String, $filter: WorkflowFilter) {
    workflows(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          name
          version
          updatedAt
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
const WORKFLOW = graphql(`
  query Workflow($id: ID!) {
    workflow(id: $id) {
      id
      name
      version
      updatedAt
      webhookUrl
      draft {
        definition
        hash
        savedAt
        savedBy {
          name
        }
        issues {
          code
          message
          path
          stepId
        }
      }
      versions(first: 20) {
        edges {
          node {
            number
            publishedAt
            note
            publishedBy {
              name
            }
          }
        }
      }
    }
  }
`);

const WORKFLOWS_A_PAGE = 50;

export type ShownWorkflow = NonNullable<ResultOf<typeof WORKFLOW>['workflow']>;
export type Issue = ShownWorkflow['draft']['issues'][number];

/** A page of the workflows, with this text in their name where one is given. */
export function loadWorkflows(wanted: { after: string | undefined; search: string | undefined }) {
  const filter = wanted.search === undefined ? {} : { search: wanted.search };
  return ask(WORKFLOWS, { first: WORKFLOWS_A_PAGE, after: wanted.after ?? null, filter });
}

/** A workflow with its draft and its newest versions. Leads to "not found" for an unknown id. */
export function loadWorkflow(id: string) {
  return askForPage(WORKFLOW, { id });
}
