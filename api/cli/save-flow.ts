import { graphql, readPages, type ResultOf } from '../client/index.ts';
import type { ImportStep, ServerDraft } from './import-plan.ts';
import type { Output } from './output.ts';
import { printChanges } from './print-changes.ts';
import type { Session } from './session.ts';

const SAVED = graphql(`
  fragment Saved on Workflow {
    id
    name
    version
    draft {
      hash
      issues {
        path
        code
        message
      }
    }
  }
`);

const CREATE = graphql(
  `
    mutation CreateWorkflow($input: CreateWorkflowInput!) {
      createWorkflow(input: $input) {
        ...Saved
      }
    }
  `,
  [SAVED],
);

const SAVE = graphql(
  `
    mutation SaveDraft($input: SaveDraftInput!) {
      saveDraft(input: $input) {
        ...Saved
      }
    }
  `,
  [SAVED],
);

const DRAFTS = graphql(`
  query Drafts($first: Int!, $after: String, $search: String) {
    workflows(first: $first, after: $after, filter: { search: $search }) {
      edges {
        node {
          id
          name
          version
          draft {
            hash
            definition
            savedAt
            savedBy {
              email
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

/** A workflow as it stands after a save. */
export type SavedWorkflow = ResultOf<typeof SAVED>;

/** Definitions may be large, so a page holds few. */
const DRAFTS_PER_PAGE = 20;

/** The drafts of all workflows in use, or of those with `search` in their name. */
export async function readDrafts(session: Session, search: string | null): Promise<ServerDraft[]> {
  const { items } = await readPages(
    async (page) => (await session.request(DRAFTS, { ...page, search })).workflows,
    Infinity,
    DRAFTS_PER_PAGE,
  );
  return items;
}

/** Does a step of a plan. The draft is replaced only if it is still the one that the plan was made for. Throws ClientError. */
export async function saveStep(session: Session, { file, server }: ImportStep): Promise<SavedWorkflow> {
  const { name, definition } = file;
  if (server === null) return (await session.request(CREATE, { input: { name, definition } })).createWorkflow;
  const input = { workflowId: server.id, definition, basedOnHash: server.draft.hash };
  return (await session.request(SAVE, { input })).saveDraft;
}

const WORDS: Record<ImportStep['kind'], string> = {
  create: 'create  ',
  change: 'change  ',
  same: 'same    ',
  conflict: 'CONFLICT',
};

/** Prints what would be done with one file, and every change. */
export function printStep(out: Output, { kind, file, server, changes }: ImportStep): void {
  out.line(`${WORDS[kind]}  ${file.name}  (${file.file})`);
  if (kind === 'conflict' && server && file.base) {
    out.line(`    Somebody saved another draft since this file was made:`);
    out.line(`    based on ${file.base.draftHash}`);
    out.line(
      `    now      ${server.draft.hash} (${out.time(server.draft.savedAt)}, ${server.draft.savedBy?.email ?? 'somebody who left'})`,
    );
  }
  printChanges(out, changes, '    ');
}

/** The same for programs. */
export function stepForPrograms({ kind, file, server, changes }: ImportStep) {
  return {
    kind,
    name: file.name,
    file: file.file,
    workflowId: server?.id ?? null,
    basedOnHash: file.base?.draftHash ?? null,
    serverHash: server?.draft.hash ?? null,
    changes,
  };
}
