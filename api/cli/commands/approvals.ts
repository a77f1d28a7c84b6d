import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { printApproval, readApproval } from '../approval-view.ts';
import { addCommand, type ListOptions } from '../command.ts';
import { printList } from '../print-list.ts';
import { addDecisionCommands } from './decide.ts';

const APPROVALS = graphql(`
  query Approvals($first: Int!, $after: String, $filter: ApprovalFilter) {
    approvals(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          title
          class
          status
          requestedAt
          expiresAt
          canDecide
          missing
          run {
            id
            workflowName
          }
          requester {
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

interface ListApprovals extends ListOptions {
  mine?: boolean;
  run?: string;
}

/** Adds `approvals`, `approval`, `approve` and `deny`. */
export function addApprovalCommands(program: Command): void {
  addCommand<ListApprovals>(program, {
    name: 'approvals',
    about: 'list the requests that wait for a decision',
    examples: ['approvals --mine', 'approvals --run run_… --all'],
    options: [
      ['--mine', 'only those that you could decide now'],
      ['--run <run>', 'only those of this run'],
      ['--all', 'the whole list, decided ones too'],
      ['--limit <number>', 'how many to show (25)'],
    ],
    run: async (session, { options }) => {
      const filter = {
        waitingForMe: options.mine ?? null,
        status: options.all ? null : ('PENDING' as const),
        runId: options.run ?? null,
      };
      return printList(session, options, {
        read: async (page) => (await session.request(APPROVALS, { ...page, filter })).approvals,
        columns: [
          { title: 'ID', value: ({ id }) => id },
          { title: 'CLASS', value: (one) => one.class },
          { title: 'STATUS', value: ({ status }) => status },
          { title: 'TITLE', value: ({ title }) => title },
          { title: 'WORKFLOW', value: ({ run }) => run.workflowName },
          { title: 'ASKED BY', value: ({ requester }) => requester?.email },
          { title: 'UNTIL', value: ({ expiresAt }) => session.out.time(expiresAt) },
          { title: 'MISSING', value: ({ missing }) => missing },
        ],
        empty: options.mine ? 'Nothing waits for you.' : 'Nothing waits for a decision.',
      });
    },
  });
  addCommand(program, {
    name: 'approval <id>',
    about: 'show a request: what would happen, and who decided what',
    examples: ['approval approval_…'],
    run: async (session, { args: [id = ''] }) => {
      const approval = await readApproval(session, id);
      if (session.out.json) return session.out.value(approval);
      printApproval(session.out, approval);
    },
  });
  addDecisionCommands(program);
}
