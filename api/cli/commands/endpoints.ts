import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { EVENT_TYPES } from '../../../workflows/endpoints/model.ts';
import { graphql, type ResultOf } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import type { Output } from '../output.ts';
import { printList } from '../print-list.ts';
import { readChoices, readDuration } from '../read-argument.ts';
import type { Session } from '../session.ts';
import { addDeliveryCommands } from './endpoint-deliveries.ts';

const ENDPOINT_FIELDS = graphql(`
  fragment EndpointFields on Endpoint {
    id
    url
    description
    eventTypes
    createdAt
    disabledAt
    disabledReason
    failingSince
    rotatedAt
  }
`);

const ENDPOINTS = graphql(
  `
    query Endpoints($first: Int!, $after: String) {
      endpoints(first: $first, after: $after) {
        edges {
          node {
            ...EndpointFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ENDPOINT_FIELDS],
);

const CREATE = graphql(
  `
    mutation CreateEndpoint($input: CreateEndpointInput!) {
      createEndpoint(input: $input) {
        secret
        endpoint {
          ...EndpointFields
        }
      }
    }
  `,
  [ENDPOINT_FIELDS],
);

const ROTATE = graphql(
  `
    mutation RotateEndpoint($input: RotateEndpointSecretInput!) {
      rotateEndpointSecret(input: $input) {
        secret
        endpoint {
          ...EndpointFields
        }
      }
    }
  `,
  [ENDPOINT_FIELDS],
);

const UPDATE = graphql(
  `
    mutation UpdateEndpoint($input: UpdateEndpointInput!) {
      updateEndpoint(input: $input) {
        ...EndpointFields
      }
    }
  `,
  [ENDPOINT_FIELDS],
);

const DELETE = graphql(
  `
    mutation DeleteEndpoint($input: DeleteEndpointInput!) {
      deleteEndpoint(input: $input) {
        ...EndpointFields
      }
    }
  `,
  [ENDPOINT_FIELDS],
);

type ShownEndpoint = ResultOf<typeof ENDPOINT_FIELDS>;

interface EndpointOptions {
  url?: string;
  description?: string;
  events?: string;
}

const FIELD_OPTIONS: [flags: string, about: string][] = [
  ['--url <address>', 'where to send events to'],
  ['--description <text>', 'what it is for'],
  ['--events <types>', `which events, with commas between them: ${EVENT_TYPES.join(', ')}`],
];

/** Adds `endpoints` and `endpoint …`. */
export function addEndpointCommands(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'endpoints',
    about: 'list the addresses that are told of events',
    options: LIST_OPTIONS,
    examples: ['endpoints'],
    run: async (session, { options }) =>
      printList(session, options, {
        read: async (page) => (await session.request(ENDPOINTS, page)).endpoints,
        columns: [
          { title: 'ADDRESS', value: ({ url }) => url },
          { title: 'WHAT FOR', value: ({ description }) => description },
          { title: 'EVENTS', value: ({ eventTypes }) => eventTypes.join(', ') },
          { title: 'STANDS', value: standsText },
          { title: 'ID', value: ({ id }) => id },
        ],
        empty: 'Nobody is told of events here. "levqor endpoint create" makes an endpoint.',
      }),
  });
  const endpoint = program.command('endpoint').description('tell other systems of events, with signed calls');
  addCreate(endpoint);
  addUpdate(endpoint);
  addSwitch(endpoint, 'enable');
  addSwitch(endpoint, 'disable');
  addRotate(endpoint);
  addDelete(endpoint);
  addDeliveryCommands(endpoint);
}

function addCreate(endpoint: Command): void {
  addCommand<EndpointOptions>(endpoint, {
    name: 'create',
    about: 'make an endpoint; its signing secret is shown this once',
    options: FIELD_OPTIONS,
    examples: [
      'endpoint create --url https://example.com/hooks --description Pager --events run.failed,approval.requested',
    ],
    run: async (session, { options: { url, description, events } }) => {
      if (!url || !description || !events)
        throw new UsageError('option_missing', 'Say --url, --description and --events.');
      const input = {
        url,
        description,
        eventTypes: readChoices(events, EVENT_TYPES, '--events'),
        idempotencyKey: randomUUID(),
      };
      const { createEndpoint: made } = await session.request(CREATE, { input });
      printWithSecret(session.out, made);
    },
  });
}

function addUpdate(endpoint: Command): void {
  addCommand<EndpointOptions>(endpoint, {
    name: 'update <id>',
    about: 'change its address, description or events',
    options: FIELD_OPTIONS,
    examples: ['endpoint update endpoint_… --events run.failed'],
    run: async (session, { args: [endpointId = ''], options: { url, description, events } }) => {
      if (!url && !description && !events)
        throw new UsageError('option_missing', 'Say what to change, with --url, --description or --events.');
      const eventTypes = events === undefined ? null : readChoices(events, EVENT_TYPES, '--events');
      const input = { endpointId, url: url ?? null, description: description ?? null, eventTypes };
      await update(session, input);
    },
  });
}

function addSwitch(endpoint: Command, name: 'enable' | 'disable'): void {
  const enabled = name === 'enable';
  addCommand(endpoint, {
    name: `${name} <id>`,
    about: enabled ? 'send events to it again, from now on' : 'send nothing to it until it is enabled',
    examples: [`endpoint ${name} endpoint_…`],
    run: async (session, { args: [endpointId = ''] }) => update(session, { endpointId, enabled }),
  });
}

async function update(
  session: Session,
  input: {
    endpointId: string;
    url?: string | null;
    description?: string | null;
    eventTypes?: string[] | null;
    enabled?: boolean;
  },
): Promise<void> {
  const { updateEndpoint } = await session.request(UPDATE, { input });
  if (session.out.json) return session.out.value(updateEndpoint);
  printEndpoint(session.out, updateEndpoint);
}

function addRotate(endpoint: Command): void {
  addCommand<{ overlap?: string }>(endpoint, {
    name: 'rotate <id>',
    about: 'give it a new signing secret, which is shown this once',
    options: [['--overlap <time>', 'how long the old secret signs besides, such as 2h; at most 7d (1d)']],
    examples: ['endpoint rotate endpoint_…', 'endpoint rotate endpoint_… --overlap 2h'],
    run: async (session, { args: [endpointId = ''], options: { overlap } }) => {
      const idempotencyKey = randomUUID();
      const overlapSeconds = readDuration(overlap ?? '1d', '--overlap');
      const input = { endpointId, overlapSeconds, idempotencyKey };
      printWithSecret(session.out, (await session.request(ROTATE, { input })).rotateEndpointSecret);
    },
  });
}

function addDelete(endpoint: Command): void {
  addCommand<{ yes?: boolean }>(endpoint, {
    name: 'delete <id>',
    about: 'end it for good; what waits for it is not sent any more',
    options: [YES_OPTION],
    examples: ['endpoint delete endpoint_… --yes'],
    run: async (session, { args: [endpointId = ''], options }) => {
      const change = { question: `Delete ${endpointId}? What waits for it is not sent.`, undone: 'deleted' };
      if (!(await confirmChange(session, options, change))) return EXIT.failed;
      const { deleteEndpoint } = await session.request(DELETE, { input: { endpointId } });
      if (session.out.json) session.out.value(deleteEndpoint);
      else session.out.line(`${deleteEndpoint.url} is told of nothing any more.`);
      return EXIT.done;
    },
  });
}

function printEndpoint(out: Output, endpoint: ShownEndpoint, secret?: string): void {
  out.facts([
    ['Address', endpoint.url],
    ['Id', endpoint.id],
    ['What for', endpoint.description],
    ['Events', endpoint.eventTypes.join(', ')],
    ['Stands', standsText(endpoint)],
    ['New secret since', out.time(endpoint.rotatedAt)],
    ['Secret', secret],
  ]);
}

function printWithSecret(out: Output, made: { endpoint: ShownEndpoint; secret: string }): void {
  if (out.json) return out.value(made);
  printEndpoint(out, made.endpoint, made.secret);
  out.note('The secret is shown only now: keep it where the calls are checked.');
}

function standsText({ disabledAt, disabledReason, failingSince }: ShownEndpoint): string {
  if (disabledAt !== null) return `off: ${disabledReason ?? 'switched off'}`;
  return failingSince === null ? 'active' : 'active, but nothing arrives';
}
