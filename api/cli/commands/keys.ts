import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { ROLES } from '../../../workflows/tenancy/model.ts';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import { printList } from '../print-list.ts';
import { readChoices, readTime } from '../read-argument.ts';
import type { Session } from '../session.ts';

const KEYS = graphql(`
  query ApiKeys($first: Int!, $after: String) {
    apiKeys(first: $first, after: $after) {
      edges {
        node {
          id
          name
          prefix
          roles
          service
          createdAt
          expiresAt
          lastUsedAt
          revokedAt
          person {
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

const CREATE = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      token
      apiKey {
        id
        name
        roles
        service
        expiresAt
        person {
          email
        }
      }
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeApiKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      id
      name
      revokedAt
    }
  }
`);

interface CreateOptions {
  name?: string;
  roles?: string;
  service?: boolean;
  expires?: string;
}

/** Adds `keys` and `key …`. */
export function addKeyCommands(program: Command): void {
  addList(program);
  const key = program.command('key').description('make and revoke API keys');
  addCommand<CreateOptions>(key, {
    name: 'create',
    about: 'make a key; its token is shown this once',
    options: [
      ['--name <name>', 'what to call it'],
      ['--roles <roles>', `some of your roles, with commas between them (all): ${ROLES.join(', ')}`],
      ['--service', 'a key without a person, which can never approve'],
      ['--expires <time>', 'when it stops working (never)'],
    ],
    examples: [
      'key create --name "My laptop" --roles viewer --expires 2027-01-01',
      'key create --name "Nightly import" --roles builder --service --json',
    ],
    run: (session, { options }) => create(session, options),
  });
  addCommand<{ yes?: boolean }>(key, {
    name: 'revoke <id>',
    about: 'end a key for good',
    options: [YES_OPTION],
    examples: ['key revoke key_… --yes'],
    run: async (session, { args: [apiKeyId = ''], options }) => {
      const change = { question: `Revoke ${apiKeyId}? What uses it is refused at once.`, undone: 'revoked' };
      if (!(await confirmChange(session, options, change))) return EXIT.failed;
      const { revokeApiKey } = await session.request(REVOKE, { input: { apiKeyId } });
      if (session.out.json) session.out.value(revokeApiKey);
      else session.out.line(`"${revokeApiKey.name}" is revoked.`);
      return EXIT.done;
    },
  });
}

function addList(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'keys',
    about: 'list the API keys, revoked ones too; never the tokens',
    options: LIST_OPTIONS,
    examples: ['keys'],
    run: async (session, { options }) => {
      const { time } = session.out;
      return printList(session, options, {
        read: async (page) => (await session.request(KEYS, page)).apiKeys,
        columns: [
          { title: 'NAME', value: ({ name }) => name },
          { title: 'BEGINS', value: ({ prefix }) => `${prefix}…` },
          { title: 'ACTS FOR', value: ({ person, service }) => (service ? 'a service' : person?.email) },
          { title: 'ROLES', value: ({ roles }) => roles.join(', ') },
          { title: 'LAST USED', value: ({ lastUsedAt }) => time(lastUsedAt) },
          {
            title: 'ENDS',
            value: ({ revokedAt, expiresAt }) => (revokedAt ? `revoked ${time(revokedAt)}` : time(expiresAt)),
          },
          { title: 'ID', value: ({ id }) => id },
        ],
        empty: 'There are no keys here.',
      });
    },
  });
}

async function create({ request, out }: Session, options: CreateOptions): Promise<void> {
  const { name, roles, service, expires } = options;
  if (!name) throw new UsageError('option_missing', 'Say what to call the key, with --name.');
  const input = {
    name,
    roles: roles === undefined ? null : readChoices(roles, ROLES, '--roles'),
    service: service ?? null,
    expiresAt: expires === undefined ? null : readTime(expires, '--expires'),
    idempotencyKey: randomUUID(),
  };
  const { createApiKey: made } = await request(CREATE, { input });
  if (out.json) return out.value(made);
  const { apiKey, token } = made;
  out.facts([
    ['Name', apiKey.name],
    ['Id', apiKey.id],
    ['Acts for', apiKey.service ? 'a service' : apiKey.person?.email],
    ['Roles', apiKey.roles.join(', ')],
    ['Ends', out.time(apiKey.expiresAt)],
    ['Token', token],
  ]);
  out.note('The token is shown only now: keep it in a safe place.');
}
