import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { TEST } from './config.ts';

/** What a step of a flow is to do; see the flow format. */
export type Step = { id: string; kind: string } & Record<string, unknown>;

/** A flow that only counts. */
export const COUNTING: Step[] = [
  { id: 'first', kind: 'transform', with: { value: 1 } },
  { id: 'second', kind: 'transform', with: { value: '{{ steps.first.output + 1 }}' } },
];

/** A flow that asks the owner before it goes on. */
export function asking(title: string): Step[] {
  const ask = { title, class: 'B', approvers: ['owner'], expiresInSeconds: 86_400, onDenied: 'continue' };
  return [...COUNTING, { id: 'ask', kind: 'approval', with: ask }];
}

/** Asks the API as the person of a page, the way that a script of the page would. Throws what it refused. */
export async function askAs<Data>(page: Page, query: string, variables: object = {}): Promise<Data> {
  const headers = { origin: TEST.webUrl };
  const response = await page.request.post('/graphql', { headers, data: { query, variables } });
  const { data, errors } = (await response.json()) as { data?: Data | null; errors?: unknown };
  if (!data) throw new Error(`The API refused: ${JSON.stringify(errors)}`);
  return data;
}

/** Makes and publishes a workflow as the person of a page; gives its id. */
export async function publishFlow(page: Page, name: string, steps: Step[]): Promise<string> {
  const { createWorkflow } = await askAs<{ createWorkflow: { id: string } }>(
    page,
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }',
    { input: { name, definition: { flow: 'v1', steps }, idempotencyKey: randomUUID() } },
  );
  const { id } = createWorkflow;
  await askAs(
    page,
    'mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { version } }',
    { input: { workflowId: id, idempotencyKey: randomUUID() } },
  );
  return id;
}

type Status = 'SUCCEEDED' | 'FAILED' | 'WAITING';

/** Starts a run as the person of a page, and waits until it stands like this, where that is told; gives its id. */
export async function startRun(
  page: Page,
  workflowId: string,
  { input = {}, until }: { input?: object; until?: Status } = {},
): Promise<string> {
  const { startRun: started } = await askAs<{ startRun: { id: string } }>(
    page,
    'mutation ($input: StartRunInput!) { startRun(input: $input) { id } }',
    { input: { workflowId, input, idempotencyKey: randomUUID() } },
  );
  if (until !== undefined) await untilRunIs(page, started.id, until);
  return started.id;
}

/** Waits until a run that the person of a page may see stands like this. */
export async function untilRunIs(page: Page, id: string, status: Status): Promise<void> {
  await expect
    .poll(
      async () => {
        const query = 'query ($id: ID!) { run(id: $id) { status } }';
        const { run } = await askAs<{ run: { status: string } }>(page, query, { id });
        return run.status;
      },
      { timeout: 30_000 },
    )
    .toBe(status);
}
