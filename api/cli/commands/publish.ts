import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import { findWorkflow, type FoundWorkflow } from '../find-workflow.ts';
import { printChanges } from '../print-changes.ts';
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
    about: 'show what is different between two versions, or to the draft',
    options: [
      ['--from <version>', 'the older version (the newest published one)'],
      ['--to <version>', 'the newer version, or "draft" (draft)'],
    ],
    examples: ['diff Refund', 'diff Refund --from 1 --to 2'],
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
    options: [['--note <text>', 'what to tell others about this version'], YES_OPTION],
    examples: ['publish Refund --note "Larger limit"', 'publish Refund --yes'],
    run: async (session, { args: [name = ''], options }) => publish(session, name, options),
  });
  addCommand<{ yes?: boolean }>(program, {
    name: 'archive <workflow>',
    about: 'take a workflow out of use; its versions and runs stay',
    options: [YES_OPTION],
    examples: ['archive Refund --yes'],
    run: async (session, { args: [text = ''], options }) => {
      const { id: workflowId, name } = await findWorkflow(session, text);
      const change = { question: `Take "${name}" out of use for good?`, undone: 'archived' };
      if (!(await confirmChange(session, options, change))) return EXIT.failed;
      const { archiveWorkflow } = await session.request(ARCHIVE, { input: { workflowId } });
      if (session.out.json) session.out.value(archiveWorkflow);
      else session.out.line(`"${archiveWorkflow.name}" is out of use.`);
      return EXIT.done;
    },
  });
}

async function changesOf(session: Session, sides: { id: string; from: number; to: number | null }) {
  return (await session.request(DIFF, sides)).workflow?.diff ?? [];
}

async function publish(
  session: Session,
  name: string,
  { note, yes }: { note?: string; yes?: boolean },
): Promise<number> {
  const { out } = session;
  const workflow = await findWorkflow(session, name);
  const { changes, basedOnHash } = await showChanges(session, workflow);
  const change = { question: 'Publish it?', undone: 'published' };
  if (!(await confirmChange(session, { yes: yes ?? false }, change))) return EXIT.failed;
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
