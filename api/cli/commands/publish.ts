import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { findWorkflow, type FoundWorkflow } from '../find-workflow.ts';
import { printChanges } from '../print-changes.ts';
import { confirm, isInteractive } from '../prompt.ts';
import { readNumber } from '../read-argument.ts';
import type { Session } from '../session.ts';

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

/** Adds `diff`, `publish` and `archive`. */
export function addPublishCommands(program: Command): void {
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
