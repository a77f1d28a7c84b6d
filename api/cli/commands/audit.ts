import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { printList } from '../print-list.ts';
import type { Session } from '../session.ts';

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

/** Adds `audit`. */
export function addAuditCommand(program: Command): void {
  addCommand<ListOptions & { action?: string; target?: string; verify?: boolean }>(program, {
    name: 'audit',
    about: 'what was done here, newest first',
    options: [
      ['--action <action>', 'only this action, such as run.start'],
      ['--target <id>', 'only what was done to this'],
      ['--verify', 'check instead that nothing in the log was changed or taken out'],
      ...LIST_OPTIONS,
    ],
    examples: ['audit --action run.start', 'audit --verify'],
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
