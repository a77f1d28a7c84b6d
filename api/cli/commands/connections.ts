import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { JsonObject } from '../../../workflows/json.ts';
import { graphql, readPages } from '../../client/index.ts';
import { CliError, EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import { printList } from '../print-list.ts';
import { readChoice, readSecretFile } from '../read-argument.ts';
import type { Session } from '../session.ts';

const CONNECTIONS = graphql(`
  query Connections($first: Int!, $after: String) {
    connections(first: $first, after: $after) {
      edges {
        node {
          id
          name
          kind
          settings
          secretFields
          version
          createdAt
          rotatedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const CREATE = graphql(`
  mutation CreateConnection($input: CreateConnectionInput!) {
    createConnection(input: $input) {
      id
      name
      kind
      secretFields
      version
    }
  }
`);

const ROTATE = graphql(`
  mutation RotateConnection($input: RotateConnectionInput!) {
    rotateConnection(input: $input) {
      id
      name
      kind
      secretFields
      version
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteConnection($input: DeleteConnectionInput!) {
    deleteConnection(input: $input) {
      id
      name
    }
  }
`);

const KINDS = ['HTTP', 'POSTGRES', 'SMTP'] as const;

/** Adds `connections` and `connection …`. */
export function addConnectionCommands(program: Command): void {
  addList(program);
  const connection = program.command('connection').description('make, rotate and delete connections');
  addCreate(connection);
  addRotate(connection);
  addDelete(connection);
}

function addList(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'connections',
    about: 'list the connections that steps use; never the secrets',
    options: LIST_OPTIONS,
    examples: ['connections'],
    run: async (session, { options }) =>
      printList(session, options, {
        read: async (page) => (await session.request(CONNECTIONS, page)).connections,
        columns: [
          { title: 'NAME', value: ({ name }) => name },
          { title: 'KIND', value: ({ kind }) => kind },
          { title: 'SETTINGS', value: ({ settings }) => JSON.stringify(settings) },
          { title: 'SECRETS', value: ({ secretFields }) => secretFields.join(', ') },
          { title: 'ROTATED', value: ({ rotatedAt }) => session.out.time(rotatedAt) },
          { title: 'ID', value: ({ id }) => id },
        ],
        empty: 'There are no connections here.',
      }),
  });
}

function addCreate(connection: Command): void {
  addCommand<{ file?: string }>(connection, {
    name: 'create',
    about: 'make a connection of a file',
    options: [['--file <file>', 'JSON { "name", "kind", "settings", "secrets" }, or - for standard input']],
    examples: ['connection create --file shop.json', 'connection create --file - < shop.json'],
    run: async ({ request, out }, { options }) => {
      const read = readParts(options.file, ['name', 'kind', 'settings', 'secrets']);
      const { name, kind, settings = {}, secrets = null } = read;
      if (typeof name !== 'string' || typeof kind !== 'string')
        throw new UsageError('file_incomplete', 'The file must hold a "name" and a "kind", both texts.');
      const input = {
        name,
        kind: readChoice(kind, KINDS, '"kind"'),
        settings,
        secrets,
        idempotencyKey: randomUUID(),
      };
      const { createConnection: made } = await request(CREATE, { input });
      if (out.json) return out.value(made);
      out.line(`Made the connection "${made.name}" (${made.id}). ${secretsText(made.secretFields)}`);
    },
  });
}

function addRotate(connection: Command): void {
  addCommand<{ file?: string }>(connection, {
    name: 'rotate <connection>',
    about: 'give it the secrets of a file, in place of all before',
    options: [['--file <file>', 'JSON { "secrets" }, and new "settings" if any, or - for standard input']],
    examples: ['connection rotate Shop --file new-secrets.json'],
    run: async (session, { args: [text = ''], options }) => {
      const { out } = session;
      const { secrets, settings } = readParts(options.file, ['secrets', 'settings']);
      if (secrets === undefined)
        throw new UsageError(
          'file_incomplete',
          'The file must hold "secrets".',
          'To leave the connection without secrets, write "secrets": null.',
        );
      const input = {
        connectionId: (await findConnection(session, text)).id,
        secrets,
        settings: settings ?? null,
        idempotencyKey: randomUUID(),
      };
      const { rotateConnection: now } = await session.request(ROTATE, { input });
      if (out.json) return out.value(now);
      out.line(`"${now.name}" is rotated (version ${now.version}). ${secretsText(now.secretFields)}`);
    },
  });
}

function addDelete(connection: Command): void {
  addCommand<{ yes?: boolean }>(connection, {
    name: 'delete <connection>',
    about: 'delete a connection that no workflow needs any more',
    options: [YES_OPTION],
    examples: ['connection delete Shop --yes'],
    run: async (session, { args: [text = ''], options }) => {
      const { id: connectionId, name } = await findConnection(session, text);
      const change = { question: `Delete the connection "${name}" with its secrets?`, undone: 'deleted' };
      if (!(await confirmChange(session, options, change))) return EXIT.failed;
      const { deleteConnection } = await session.request(DELETE, { input: { connectionId } });
      if (session.out.json) session.out.value(deleteConnection);
      else session.out.line(`"${name}" is deleted.`);
      return EXIT.done;
    },
  });
}

/** The connection that a person means, by id or by name, upper and lower case aside. */
async function findConnection({ request }: Session, text: string): Promise<{ id: string; name: string }> {
  const { items } = await readPages(async (page) => (await request(CONNECTIONS, page)).connections, Infinity);
  const found = items.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase());
  if (found) return found;
  throw new CliError(
    'connection_not_found',
    `There is no connection "${text}".`,
    '"levqor connections" lists them.',
  );
}

// Secrets come from a file or standard input only: arguments can be seen by others on the machine.
function readParts(file: string | undefined, parts: readonly string[]): JsonObject {
  if (file === undefined)
    throw new UsageError('option_missing', 'Name the file with --file, or - for standard input.');
  const read = readSecretFile(file);
  const unknown = Object.keys(read).find((name) => !parts.includes(name));
  if (unknown === undefined) return read;
  throw new UsageError('part_unknown', `The file may hold ${parts.join(', ')}, but not "${unknown}".`);
}

function secretsText(fields: readonly string[]): string {
  return fields.length === 0 ? 'It has no secrets.' : `Its secrets: ${fields.join(', ')}.`;
}
