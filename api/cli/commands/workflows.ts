import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { findWorkflow, type FoundWorkflow } from '../find-workflow.ts';
import { printChanges, printIssues } from '../print-changes.ts';
import { printList } from '../print-list.ts';
import { confirm, isInteractive } from '../prompt.ts';
import { readJsonFile, readNumber } from '../read-argument.ts';
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

const WORKFLOW = graphql(`
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
  }
`);

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

const DIFF = graphql(`
  query Diff($id: ID!, $from: Int!, $to: Int) {
    workflow(id: $id) {
      version
      draft {
        hash
      }
      diff(from: $from, to: $to) {
        kind
        stepId
        path
        message
        before
        after
      }
    }
  }
`);

const PUBLISH = graphql(`
  mutation Publish($input: PublishWorkflowInput!) {
    publishWorkflow(input: $input) {
      id
      name
      version
    }
  }
`);

const ARCHIVE = graphql(`
  mutation Archive($input: ArchiveWorkflowInput!) {
    archiveWorkflow(input: $input) {
      id
      name
      archivedAt
    }
  }
`);

/** Adds the commands that look at, check and publish workflows. */
export function addWorkflowCommands(program: Command): void {
  addCommand<ListOptions & { search?: string; archived?: boolean }>(program, {
    name: 'workflows',
    about: 'list the workflows',
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
    run: async (session, { args: [name = ''] }) => showWorkflow(session, name),
  });
  addChecks(program);
  addPublishCommands(program);
}

function addChecks(program: Command): void {
  addCommand(program, {
    name: 'validate <file>',
    about: 'check a definition without storing it',
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
  addCommand<{ from?: string; to?: string }>(program, {
    name: 'diff <workflow>',
    about: 'show what is different between two versions, or between a version and the draft',
    options: [
      ['--from <version>', 'the older version (the newest published one)'],
      ['--to <version>', 'the newer version, or "draft" (draft)'],
    ],
    run: async (session, { args: [name = ''], options }) => {
      const workflow = await findWorkflow(session, name);
      const from = options.from === undefined ? workflow.version : readNumber(options.from, '--from');
      if (from === null)
        throw new UsageError(
          'no_version',
          `"${workflow.name}" has no published version to compare with yet.`,
        );
      const to = options.to === undefined || options.to === 'draft' ? null : readNumber(options.to, '--to');
      const changes = await changesOf(session, { id: workflow.id, from, to });
      const { out } = session;
      if (out.json) return out.value({ from, to: to ?? 'draft', changes });
      const sides = `version ${from} and ${to === null ? 'the draft' : `version ${to}`}`;
      out.title(changes.length === 0 ? `Nothing is different between ${sides}.` : `Between ${sides}:`);
      printChanges(out, changes);
    },
  });
}

function addPublishCommands(program: Command): void {
  addCommand<{ note?: string; yes?: boolean }>(program, {
    name: 'publish <workflow>',
    about: 'make the draft the next version, after showing what changes',
    options: [
      ['--note <text>', 'what to tell others about this version'],
      ['--yes', 'do not ask'],
    ],
    run: async (session, { args: [name = ''], options }) => publish(session, name, options),
  });
  addCommand(program, {
    name: 'archive <workflow>',
    about: 'take a workflow out of use; its versions and runs stay',
    run: async (session, { args: [name = ''] }) => {
      const { id: workflowId } = await findWorkflow(session, name);
      const { archiveWorkflow } = await session.request(ARCHIVE, { input: { workflowId } });
      if (session.out.json) return session.out.value(archiveWorkflow);
      session.out.line(`"${archiveWorkflow.name}" is out of use.`);
    },
  });
}

async function showWorkflow(session: Session, name: string): Promise<void> {
  const { id } = await findWorkflow(session, name);
  const { workflow } = await session.request(WORKFLOW, { id });
  const { out } = session;
  if (out.json || !workflow) return out.value(workflow);
  const { draft, versions } = workflow;
  out.title(workflow.name);
  out.facts([
    ['Id', workflow.id],
    ['Version', workflow.version ?? 'none published yet'],
    ['Made', `${out.time(workflow.createdAt)} by ${workflow.createdBy?.email ?? 'somebody who left'}`],
    ['Draft saved', `${out.time(draft.savedAt)} by ${draft.savedBy?.email ?? 'somebody who left'}`],
    ['Draft hash', draft.hash],
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

async function changesOf(session: Session, sides: { id: string; from: number; to: number | null }) {
  return (await session.request(DIFF, sides)).workflow?.diff ?? [];
}

async function publish(
  session: Session,
  name: string,
  { note, yes = false }: { note?: string; yes?: boolean },
): Promise<number> {
  const { out } = session;
  const workflow = await findWorkflow(session, name);
  const { changes, basedOnHash } = await showChanges(session, workflow);
  if (!yes && !out.json && isInteractive() && !(await confirm('Publish it?'))) return EXIT.failed;
  const { publishWorkflow } = await session.request(PUBLISH, {
    input: { workflowId: workflow.id, note: note ?? null, basedOnHash },
  });
  if (out.json) out.value({ ...publishWorkflow, changes });
  else out.line(`Published "${publishWorkflow.name}" as version ${publishWorkflow.version ?? 1}.`);
  return EXIT.done;
}

/** Prints what publishing changes. Gives the hash of the draft that was shown: only that one is to be published. */
async function showChanges(session: Session, { id, name, version }: FoundWorkflow) {
  const { out } = session;
  if (version === null) {
    out.line(`"${name}" is published for the first time.`);
    return { changes: [], basedOnHash: null };
  }
  const { workflow } = await session.request(DIFF, { id, from: version, to: null });
  const changes = workflow?.diff ?? [];
  out.line(
    changes.length === 0 ? `Nothing is different from version ${version}.` : `Since version ${version}:`,
  );
  printChanges(out, changes, '  ');
  return { changes, basedOnHash: workflow?.draft.hash ?? null };
}
