import type { Command } from 'commander';
import { ClientError, graphql, readPages } from '../../client/index.ts';
import { isJsonObject } from '../../../workflows/json.ts';
import { CliError, errorForPeople, EXIT } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import {
  fileNames,
  noteSavedDraft,
  readFlowFile,
  readFlowFiles,
  readManifest,
  writeFlowFile,
  writeManifest,
  type Manifest,
} from '../flow-files.ts';
import { planImport, type FlowFile, type ImportStep } from '../import-plan.ts';
import { printIssues } from '../print-changes.ts';
import { printStep, readDrafts, saveStep, stepForPrograms, type SavedWorkflow } from '../save-flow.ts';
import type { Session } from '../session.ts';

const EXPORT = graphql(`
  query Export($first: Int!, $after: String, $published: Boolean!) {
    workflows(first: $first, after: $after) {
      edges {
        node {
          id
          name
          version
          draft {
            hash
            definition @skip(if: $published)
          }
          versions(first: 1) {
            edges {
              node {
                hash
                definition @include(if: $published)
              }
            }
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

const PUBLISH = graphql(`
  mutation PublishImported($input: PublishWorkflowInput!) {
    publishWorkflow(input: $input) {
      id
      name
      version
      draft {
        hash
      }
    }
  }
`);

interface PushOptions {
  name?: string;
  basedOn?: string;
  force?: boolean;
}

interface ImportOptions {
  publish?: boolean;
  dryRun?: boolean;
  force?: boolean;
}

/** Adds `push`, `export` and `import`. */
export function addTransferCommands(program: Command): void {
  addCommand<PushOptions>(program, {
    name: 'push <file>',
    about: 'make a workflow of a file, or save the file as its draft',
    examples: ['push refund.flow.json', 'push refund.flow.json --name "Refund 2"'],
    options: [
      ['--name <name>', 'the name of the workflow (the one in the file)'],
      ['--based-on <hash>', 'only if the draft on the server is still this one'],
      ['--force', 'save it even if somebody saved another draft since'],
    ],
    run: (session, { args: [file = ''], options }) => push(session, file, options),
  });
  addCommand<{ published?: boolean }>(program, {
    name: 'export [folder]',
    about: 'write all workflows as files, with a manifest (folder: flows)',
    examples: ['export', 'export backup --published'],
    options: [['--published', 'the newest published versions instead of the drafts']],
    run: (session, { args: [folder = 'flows'], options }) =>
      exportFlows(session, folder, options.published ?? false),
  });
  addCommand<ImportOptions>(program, {
    name: 'import <path>',
    about: 'bring the workflows to what files say, and publish them too',
    options: [
      ['--dry-run', 'only show what would be done'],
      ['--publish', 'publish each of them too, where something is new, without asking'],
      ['--force', 'save also where somebody saved another draft since the export'],
    ],
    examples: ['import flows --dry-run', 'import flows/refund.flow.json --publish'],
    run: (session, { args: [path = ''], options }) => importFlows(session, path, options),
  });
}

async function push(session: Session, path: string, options: PushOptions): Promise<number> {
  const { out } = session;
  const read = readFlowFile(path);
  const base = options.basedOn === undefined ? read.base : { workflowId: null, draftHash: options.basedOn };
  const file: FlowFile = { ...read, name: options.name ?? read.name, base };
  const [step] = planImport([file], await readDrafts(session, file.name));
  if (!step) return EXIT.failed;
  printStep(out, step);
  if (step.kind === 'conflict' && !options.force) throw conflict([step]);
  const saved = step.kind === 'same' ? null : await saveStep(session, step);
  if (saved) noteSaved(path, saved);
  if (out.json) out.value({ ...stepForPrograms(step), saved });
  else if (saved) {
    out.line(`Saved the draft ${saved.draft.hash} of "${saved.name}" (${saved.id}).`);
    if (saved.draft.issues.length > 0) {
      out.line('It cannot be published yet:');
      printIssues(out, saved.draft.issues);
    }
  }
  return EXIT.done;
}

function noteSaved(
  path: string,
  { id, version, draft }: Pick<SavedWorkflow, 'id' | 'version'> & { draft: { hash: string } },
): void {
  noteSavedDraft(path, { id, version, draftHash: draft.hash });
}

function conflict(steps: ImportStep[]): CliError {
  const names = steps.map(({ file }) => `"${file.name}"`).join(', ');
  const hashes = steps.map(
    ({ file, server }) =>
      `${file.name}: based on ${file.base?.draftHash ?? ''}, now ${server?.draft.hash ?? ''}`,
  );
  return new CliError(
    'draft_changed',
    `Somebody saved another draft of ${names} since; nothing was saved.\n  ${hashes.join('\n  ')}`,
    'Export again and bring the two together, or save over it with --force.',
  );
}

async function exportFlows(session: Session, folder: string, published: boolean): Promise<void> {
  const { out } = session;
  const { items } = await readPages(
    async (page) => (await session.request(EXPORT, { ...page, published })).workflows,
    Infinity,
    20,
  );
  const chosen = items.filter(({ version }) => !published || version !== null);
  chosen.sort((one, other) => one.name.localeCompare(other.name, 'en') || one.id.localeCompare(other.id));
  const names = fileNames(chosen, readManifest(folder));
  const exported = chosen.map(({ id, name, version, draft, versions }) => {
    const newest = versions.edges[0]?.node;
    const definition = published ? newest?.definition : draft.definition;
    const file = names.get(id) ?? '';
    const written = isJsonObject(definition) && writeFlowFile(folder, file, definition);
    return { entry: { file, name, id, version, hash: newest?.hash ?? null, draftHash: draft.hash }, written };
  });
  const manifest: Manifest = {
    levqor: 'export-v1',
    url: session.client().url,
    exportedAt: new Date().toISOString(),
    holds: published ? 'published' : 'drafts',
    workflows: exported.map(({ entry }) => entry),
  };
  if (exported.length > 0) writeManifest(folder, manifest);
  if (out.json) return out.value({ folder, ...manifest });
  if (exported.length === 0) return out.line('There is nothing to export.');
  out.table(exported, [
    { title: 'FILE', value: ({ entry }) => entry.file },
    { title: 'NAME', value: ({ entry }) => entry.name },
    { title: 'VERSION', value: ({ entry }) => entry.version ?? 'draft' },
    { title: '', value: ({ written }) => (written ? 'written' : 'as it was') },
  ]);
  const count = exported.length === 1 ? '1 workflow is' : `${exported.length} workflows are`;
  out.line(`\n${count} in ${folder}, and its manifest is ${folder}/levqor.json.`);
}

async function importFlows(session: Session, path: string, options: ImportOptions): Promise<number> {
  const { out } = session;
  const files = readFlowFiles(path);
  const steps = planImport(files, await readDrafts(session, null));
  for (const step of steps) printStep(out, step);
  const conflicts = steps.filter(({ kind }) => kind === 'conflict');
  if (options.dryRun) {
    if (out.json) out.value({ dryRun: true, plan: steps.map(stepForPrograms) });
    out.line(`\nNothing was done (--dry-run). ${countText(steps)}`);
    return conflicts.length > 0 && !options.force ? EXIT.failed : EXIT.done;
  }
  // All or nothing as far as the plan can tell: half an import is hard to put right.
  if (conflicts.length > 0 && !options.force) throw conflict(conflicts);
  const saved: Imported[] = [];
  for (const step of steps) {
    const workflow = step.kind === 'same' ? sameWorkflow(step) : await saveStep(session, step);
    noteSaved(step.file.file, workflow);
    saved.push({
      step,
      id: workflow.id,
      name: workflow.name,
      version: workflow.version,
      hash: workflow.draft.hash,
    });
  }
  const failures = options.publish ? await publishAll(session, saved) : [];
  if (out.json)
    out.value({
      dryRun: false,
      plan: steps.map(stepForPrograms),
      failures: failures.map(({ item, error }) => ({
        name: item.name,
        message: error.message,
        reason: error.reason,
        details: error.details,
      })),
    });
  out.line(
    `\nDone. ${countText(steps)}${conflicts.length > 0 ? ' What was in conflict was saved over.' : ''}`,
  );
  for (const { item, error } of failures)
    out.note(`"${item.name}" was saved, but not published.\n${errorForPeople(error)}`);
  return failures.length > 0 ? EXIT.failed : EXIT.done;
}

/** A workflow after its draft was saved. */
interface Imported {
  step: ImportStep;
  id: string;
  name: string;
  version: number | null;
  hash: string;
}

function sameWorkflow({ server }: ImportStep) {
  if (server === null) throw new Error('A workflow that is the same must be there.');
  return server;
}

interface Failure {
  item: Imported;
  error: ClientError;
}

// A workflow that calls another can be published after that one only, so those that fail are tried again as long as
// others succeed.
async function publishAll(session: Session, items: Imported[]): Promise<Failure[]> {
  let waiting = items;
  for (;;) {
    const failures: Failure[] = [];
    for (const item of waiting) {
      const error = await publishOne(session, item);
      if (error) failures.push({ item, error });
    }
    if (failures.length === 0 || failures.length === waiting.length) return failures;
    waiting = failures.map(({ item }) => item);
  }
}

async function publishOne(session: Session, { id, hash, step }: Imported): Promise<ClientError | null> {
  try {
    const { publishWorkflow } = await session.request(PUBLISH, {
      input: { workflowId: id, basedOnHash: hash },
    });
    noteSaved(step.file.file, publishWorkflow);
    session.out.line(`Published "${publishWorkflow.name}" as version ${publishWorkflow.version ?? 1}.`);
    return null;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return error.reason === 'nothing_changed' ? null : error;
  }
}

function countText(steps: ImportStep[]): string {
  const count = (kind: ImportStep['kind']) => steps.filter((one) => one.kind === kind).length;
  const conflicts = count('conflict');
  return `${count('create')} new, ${count('change')} changed, ${count('same')} the same${conflicts > 0 ? `, ${conflicts} in conflict` : ''}.`;
}
