import { graphql, readPages, type ResultOf } from '../client/index.ts';
import { CliError } from './cli-error.ts';
import type { Session } from './session.ts';
import { slugOf } from './slug.ts';

const WORKFLOWS = graphql(`
  query FindWorkflows($first: Int!, $after: String, $search: String) {
    workflows(first: $first, after: $after, filter: { search: $search }) {
      edges {
        node {
          id
          name
          version
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const ALL = graphql(`
  query FindWorkflow($id: ID!) {
    workflow(id: $id) {
      id
      name
      version
    }
  }
`);

/** A workflow as it is found by its name or id. */
export type FoundWorkflow = NonNullable<ResultOf<typeof ALL>['workflow']>;

/** The workflow that a person means: by id, by name (upper and lower case aside) or by the slug of its name. Throws CliError `workflow_not_found`. */
export async function findWorkflow(session: Session, text: string): Promise<FoundWorkflow> {
  if (/^workflow_[0-9a-f]{32}$/.test(text)) {
    const { workflow } = await session.request(ALL, { id: text });
    if (workflow) return workflow;
    throw notFound(text, []);
  }
  const named = await workflowNamed(session, text);
  if (named) return named;
  const { items } = await search(session, null);
  const bySlug = items.filter(({ name }) => slugOf(name) === text);
  if (bySlug.length === 1 && bySlug[0]) return bySlug[0];
  throw notFound(text, items);
}

/** The workflow in use with this very name, upper and lower case aside; null when there is none. */
export async function workflowNamed(session: Session, name: string): Promise<FoundWorkflow | null> {
  const { items } = await search(session, name);
  return items.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null;
}

function search(session: Session, text: string | null) {
  return readPages(
    async (page) => (await session.request(WORKFLOWS, { ...page, search: text })).workflows,
    Infinity,
  );
}

const SHOWN_NAMES = 3;

function notFound(text: string, all: FoundWorkflow[]): CliError {
  const word = text.toLowerCase().slice(0, SHOWN_NAMES);
  const near = all.filter(({ name }) => name.toLowerCase().includes(word)).slice(0, SHOWN_NAMES);
  return new CliError(
    'workflow_not_found',
    `There is no workflow "${text}".`,
    near.length > 0
      ? `Did you mean ${near.map(({ name }) => `"${name}"`).join(' or ')}?`
      : '"levqor workflows" lists them.',
  );
}
