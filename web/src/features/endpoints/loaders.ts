import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, askForPage } from '../../lib/api.ts';

const ENDPOINTS = graphql(`
  query Endpoints($first: Int!, $after: String) {
    endpoints(first: $first, after: $after) {
      edges {
        node {
          id
          url
          description
          eventTypes
          disabledAt
          disabledReason
          failingSince
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
const ENDPOINT = graphql(`
  query Endpoint($id: ID!, $first: Int!, $after: String) {
    endpoint(id: $id) {
      id
      url
      description
      eventTypes
      disabledAt
      disabledReason
      failingSince
      createdAt
      rotatedAt
      createdBy {
        name
      }
    }
    endpointDeliveries(first: $first, after: $after, filter: { endpointId: $id }) {
      edges {
        node {
          id
          eventId
          eventType
          status
          createdAt
          nextAt
          attemptCount
          payload
          replayOf
          attempts {
            at
            durationMs
            httpStatus
            error
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

const ENDPOINTS_A_PAGE = 50;
const DELIVERIES_A_PAGE = 25;

type Answered = ResultOf<typeof ENDPOINT>;
export type ShownEndpoint = NonNullable<Answered['endpoint']>;
export type EndpointDeliveries = Answered['endpointDeliveries'];
export type EndpointDelivery = EndpointDeliveries['edges'][number]['node'];

/** A page of the endpoints, newest first. */
export function loadEndpoints(after: string | undefined) {
  return ask(ENDPOINTS, { first: ENDPOINTS_A_PAGE, after: after ?? null });
}

/** One endpoint with what was sent to it. Leads to "not found" for an unknown id. */
export function loadEndpoint(id: string, after: string | undefined) {
  return askForPage(ENDPOINT, { id, first: DELIVERIES_A_PAGE, after: after ?? null });
}
