import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { dueText, SCHEDULE_FIELDS } from '../find-schedule.ts';
import { findWorkflow } from '../find-workflow.ts';
import type { Fact } from '../output.ts';
import { printIssues } from '../print-changes.ts';
import { printList } from '../print-list.ts';
import { readJsonFile } from '../read-argument.ts';
import type { Session } from '../session.ts';

const WORKFLOWS = graphql(`
  query Workflows($first: Int!, $after: String, $filter: WorkflowFilter) {
    workflows(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          name
          version
          updatedAt
          archivedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const WORKFLOW = graphql(
  `
    query Workflow($id: ID!) {
      workflow(id: $id) {
        id
        name
        version
        createdAt
        createdBy {
          email
        }
        updatedAt
        archivedAt
        webhookUrl
        draft {
          hash
          savedAt
          savedBy {
            email
          }
          issues {
            path
            code
            message
          }
        }
        versions(first: 10) {
          edges {
            node {
              number
              hash
              note
              publishedAt
              publishedBy {
                email
              }
            }
          }
        }
      }
      schedules(first: 20, filter: { workflowId: $id }) {
        edges {
          node {
            ...ScheduleFields
          }
        }
      }
    }
  `,
  [SCHEDULE_FIELDS],
);

const VALIDATE = graphql(`
  query Validate($definition: JSON!) {
    validateDefinition(definition: $definition) {
      path
      stepId
      code
      message
    }
  }
`);

/** Adds the commands that look at, check and publish workflows. */
export function addWorkflowCommands(program: Command): void {
  addCommand<ListOptions & { search?: string; archived?: boolean }>(program, {
    name: 'workflows',
    about: 'list the workflows',
    examples: ['workflows', 'workflows --search refund --json'],
    options: [
      ['--search <text>', 'only those with this in the name'],
      ['--archived', 'only those out of use'],
      ...LIST_OPTIONS,
    ],
    run: async (session, { options }) => {
      const filter = { search: options.search ?? null, archived: options.archived ?? null };
      return printList(session, options, {
        read: async (page) => (await session.request(WORKFLOWS, { ...page, filter })).workflows,
        columns: [
          { title: 'NAME', value: ({ name }) => name },
          { title: 'VERSION', value: ({ version }) => version ?? 'draft' },
          { title: 'CHANGED', value: ({ updatedAt }) => session.out.time(updatedAt) },
          { title: 'ID', value: ({ id }) => id },
        ],
        empty: 'There are no workflows here. "levqor push <file>" makes one.',
      });
    },
  });
  addCommand(program, {
    name: 'workflow <workflow>',
    about: 'show a workflow: its versions and its draft',
    examples: ['workflow Refund'],
    run: async (session, { args: [name = ''] }) => showWorkflow(session, name),
  });
  addChecks(program);
}

function addChecks(program: Command): void {
  addCommand(program, {
    name: 'validate <file>',
    about: 'check a definition without storing it',
    examples: ['validate refund.flow.json'],
    run: async (session, { args: [file = ''] }) => {
      const { validateDefinition: issues } = await session.request(VALIDATE, {
        definition: readJsonFile(file),
      });
      const { out } = session;
      const valid = issues.length === 0;
      if (out.json) out.value({ valid, issues });
      else if (valid) out.line(`${file} is valid.`);
      else {
        out.line(
          `${file} cannot be published yet: ${issues.length} ${issues.length === 1 ? 'issue' : 'issues'}.`,
        );
        printIssues(out, issues);
      }
      return valid ? EXIT.done : EXIT.failed;
    },
  });
}

async function showWorkflow(session: Session, name: string): Promise<void> {
  const { id } = await findWorkflow(session, name);
  const { workflow, schedules } = await session.request(WORKFLOW, { id });
  const { out } = session;
  const dates = schedules.edges.map(({ node }) => node);
  if (out.json || !workflow) return out.value({ ...workflow, schedules: dates });
  const { draft, versions } = workflow;
  out.title(workflow.name);
  out.facts([
    ['Id', workflow.id],
    ['Version', workflow.version ?? 'none published yet'],
    ['Made', `${out.time(workflow.createdAt)} by ${workflow.createdBy?.email ?? 'somebody who left'}`],
    ['Draft saved', `${out.time(draft.savedAt)} by ${draft.savedBy?.email ?? 'somebody who left'}`],
    ['Draft hash', draft.hash],
    ['Webhook', workflow.webhookUrl],
    ...dates.map((one): Fact => ['Schedule', `${one.name}: ${dueText(one)}${one.paused ? ', paused' : ''}`]),
    ['Out of use', out.time(workflow.archivedAt)],
  ]);
  if (versions.edges.length > 0) {
    out.line();
    out.table(versions.edges, [
      { title: 'VERSION', value: ({ node }) => node.number },
      { title: 'PUBLISHED', value: ({ node }) => out.time(node.publishedAt) },
      { title: 'BY', value: ({ node }) => node.publishedBy?.email },
      { title: 'NOTE', value: ({ node }) => node.note },
      { title: 'HASH', value: ({ node }) => node.hash.slice(0, 12) },
    ]);
  }
  if (draft.issues.length === 0) return;
  out.line('\nThe draft cannot be published yet:');
  printIssues(out, draft.issues);
}
