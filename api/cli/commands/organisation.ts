import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { MEMBERS } from '../find-person.ts';
import { printList } from '../print-list.ts';
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

const AUDIT = graphql(`
  query AuditLog($first: Int!, $after: String, $filter: AuditLogFilter) {
    auditLog(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          sequence
          at
          action
          target
          requestId
          details
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

/** Adds `connections`, `keys`, `members` and `audit`. */
export function addOrganisationCommands(program: Command): void {
  addConnections(program);
  addKeys(program);
  addMembers(program);
  addAudit(program);
}

function addConnections(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'connections',
    about: 'list the connections that steps use; secrets are never shown',
    options: LIST_OPTIONS,
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

function addKeys(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'keys',
    about: 'list the API keys, revoked ones too; the keys themselves are never shown',
    options: LIST_OPTIONS,
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

function addMembers(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'members',
    about: 'list the people of the organisation',
    options: LIST_OPTIONS,
    run: async (session, { options }) =>
      printList(session, options, {
        read: async (page) => (await session.request(MEMBERS, page)).members,
        columns: [
          { title: 'NAME', value: ({ person }) => person.name },
          { title: 'E-MAIL', value: ({ person }) => person.email },
          { title: 'ROLES', value: ({ roles }) => roles.join(', ') },
          { title: 'SINCE', value: ({ joinedAt }) => session.out.time(joinedAt) },
        ],
        empty: 'There is nobody here.',
      }),
  });
}

function addAudit(program: Command): void {
  addCommand<ListOptions & { action?: string; target?: string; verify?: boolean }>(program, {
    name: 'audit',
    about: 'what was done here, newest first',
    options: [
      ['--action <action>', 'only this action, such as run.start'],
      ['--target <id>', 'only what was done to this'],
      ['--verify', 'check instead that nothing in the log was changed or taken out'],
      ...LIST_OPTIONS,
    ],
    run: async (session, { options }) => {
      if (options.verify) return verify(session);
      const filter = { action: options.action ?? null, target: options.target ?? null };
      return printList(session, options, {
        read: async (page) => (await session.request(AUDIT, { ...page, filter })).auditLog,
        columns: [
          { title: 'NUMBER', value: ({ sequence }) => sequence },
          { title: 'AT', value: ({ at }) => session.out.time(at) },
          { title: 'WHO', value: ({ actor }) => actor.email ?? `${actor.name} (${actor.kind})` },
          { title: 'ACTION', value: ({ action }) => action },
          { title: 'TO', value: ({ target }) => target },
          { title: 'REQUEST', value: ({ requestId }) => requestId },
        ],
        empty: 'Nothing was done here yet.',
      });
    },
  });
}

async function verify({ request, out }: Session): Promise<number> {
  const { auditChain } = await request(CHAIN, {});
  const { valid, checked, brokenAt } = auditChain;
  if (out.json) out.value(auditChain);
  else if (valid) out.line(`The audit log is whole: ${checked} entries were checked.`);
  else out.line(`The audit log was changed: entry ${brokenAt ?? '?'} does not fit the one before it.`);
  return valid ? EXIT.done : EXIT.failed;
}
