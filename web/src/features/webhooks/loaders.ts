import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, askForPage } from '../../lib/api.ts';

const ADDRESSES = graphql(`
  query WebhookAddresses($first: Int!) {
    workflows(first: $first) {
      edges {
        node {
          id
          name
          webhookUrl
        }
      }
    }
  }
`);
const WEBHOOK = graphql(`
  query Webhook($workflowId: ID!, $first: Int!, $after: String) {
    workflow(id: $workflowId) {
      id
      name
    }
    webhook(workflowId: $workflowId) {
      id
      url
      scheme
      hasSecret
      disabled
      createdAt
      rotatedAt
      deliveries(first: $first, after: $after) {
        edges {
          node {
            id
            receivedAt
            outcome
            reason
            httpStatus
            bytes
            contentType
            duplicates
            runId
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

const WORKFLOWS = 100;
const DELIVERIES_A_PAGE = 25;

export type ShownWebhook = NonNullable<ResultOf<typeof WEBHOOK>['webhook']>;
export type WebhookScheme = ShownWebhook['scheme'];
export type WebhookDelivery = ShownWebhook['deliveries']['edges'][number]['node'];

/** The workflows that are started by calls, as far as the person may see their addresses. */
export async function loadAddresses() {
  const { data, problem } = await ask(ADDRESSES, { first: WORKFLOWS });
  if (problem !== null) return { data: null, problem };
  const all = data.workflows.edges.map(({ node }) => node);
  return { data: all.filter(({ webhookUrl }) => webhookUrl !== null), problem };
}

/** The webhook of a workflow, with the calls that came. Leads to "not found" for an unknown workflow. */
export function loadWebhook(workflowId: string, after: string | undefined) {
  return askForPage(WEBHOOK, { workflowId, first: DELIVERIES_A_PAGE, after: after ?? null });
}
