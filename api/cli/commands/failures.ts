import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { findWorkflow } from '../find-workflow.ts';
import { printList } from '../print-list.ts';
import { readTime } from '../read-argument.ts';

const FAILURES = graphql(`
  query Failures($first: Int!, $after: String, $filter: RunFailureFilter) {
    failures(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          fingerprint
          code
          message
          stepId
          count
          open
          firstAt
          lastAt
          newestRunId
          workflow {
            id
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

/** Adds `failures`. */
export function addFailuresCommand(program: Command): void {
  addCommand<ListOptions & { workflow?: string; since?: string }>(program, {
    name: 'failures',
    about: 'why runs failed, runs with one reason together',
    examples: ['failures', 'failures --since 2026-11-23'],
    options: [
      ['--workflow <workflow>', 'only those of this workflow'],
      ['--since <time>', 'only runs that failed after this time'],
      ...LIST_OPTIONS,
    ],
    run: async (session, { options }) => {
      const { workflow, since } = options;
      const filter = {
        workflowId: workflow === undefined ? null : (await findWorkflow(session, workflow)).id,
        since: since === undefined ? null : readTime(since, '--since'),
      };
      return printList(session, options, {
        read: async (page) => (await session.request(FAILURES, { ...page, filter })).failures,
        columns: [
          { title: 'RUNS', value: ({ count }) => count },
          { title: 'OPEN', value: ({ open }) => open },
          { title: 'WORKFLOW', value: (failure) => failure.workflow.name },
          { title: 'STEP', value: ({ stepId }) => stepId },
          { title: 'ERROR', value: ({ code, message }) => `${code}: ${message}` },
          { title: 'LAST', value: ({ lastAt }) => session.out.time(lastAt) },
          { title: 'FINGERPRINT', value: ({ fingerprint }) => fingerprint },
          { title: 'NEWEST RUN', value: ({ newestRunId }) => newestRunId },
        ],
        empty: 'No run failed.',
      });
    },
  });
}
