import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { DELIVERY_STATUSES } from '../../../workflows/endpoints/model.ts';
import { graphql, type ResultOf } from '../../client/index.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { printList } from '../print-list.ts';
import { readChoice } from '../read-argument.ts';

const DELIVERIES = graphql(`
  query EndpointDeliveries($first: Int!, $after: String, $filter: EndpointDeliveryFilter) {
    endpointDeliveries(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          endpointId
          eventId
          eventType
          status
          createdAt
          finishedAt
          nextAt
          replayOf
          payload
          attempts {
            number
            at
            durationMs
            httpStatus
            error
            response
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

const REPLAY = graphql(`
  mutation ReplayDelivery($input: ReplayDeliveryInput!) {
    replayDelivery(input: $input) {
      id
      endpointId
      eventId
      eventType
      status
      replayOf
    }
  }
`);

type Attempt = ResultOf<typeof DELIVERIES>['endpointDeliveries']['edges'][number]['node']['attempts'][number];

/** Adds `deliveries` and `replay` to `endpoint`. */
export function addDeliveryCommands(endpoint: Command): void {
  addCommand<ListOptions & { status?: string }>(endpoint, {
    name: 'deliveries [id]',
    about: 'what was sent, and the answers, newest first',
    options: [['--status <status>', DELIVERY_STATUSES.join(', ').toLowerCase()], ...LIST_OPTIONS],
    examples: ['endpoint deliveries --status failed', 'endpoint deliveries endpoint_… --json'],
    run: async (session, { args: [id], options }) => {
      const { status } = options;
      const filter = {
        endpointId: id ?? null,
        status: status === undefined ? null : readChoice(status, DELIVERY_STATUSES, '--status'),
      };
      return printList(session, options, {
        read: async (page) => (await session.request(DELIVERIES, { ...page, filter })).endpointDeliveries,
        columns: [
          { title: 'AT', value: ({ createdAt }) => session.out.time(createdAt) },
          { title: 'EVENT', value: ({ eventType, replayOf }) => `${eventType}${replayOf ? ' (again)' : ''}` },
          { title: 'STATUS', value: (delivery) => delivery.status },
          { title: 'ATTEMPTS', value: ({ attempts }) => attempts.map(attemptText).join(', ') },
          { title: 'NEXT', value: ({ nextAt }) => session.out.time(nextAt) },
          { title: 'ID', value: (delivery) => delivery.id },
        ],
        empty: 'Nothing was sent.',
      });
    },
  });
  addCommand(endpoint, {
    name: 'replay <delivery>',
    about: 'send an event again, under its old event id',
    examples: ['endpoint replay delivery_…'],
    run: async ({ request, out }, { args: [deliveryId = ''] }) => {
      const input = { deliveryId, idempotencyKey: randomUUID() };
      const { replayDelivery: made } = await request(REPLAY, { input });
      if (out.json) return out.value(made);
      out.line(
        `${made.eventType} is sent again (${made.id}); "levqor endpoint deliveries" shows how it goes.`,
      );
    },
  });
}

function attemptText({ httpStatus, error }: Attempt): string {
  return httpStatus === null ? (error ?? 'no answer') : `HTTP ${httpStatus}`;
}
