import { expect, type Page } from '@playwright/test';

interface Made {
  id: string;
}

/** Asks the API as the person of a page, and expects no refusal. */
async function ask<Data>(page: Page, query: string, variables: object): Promise<Data> {
  const { origin } = new URL(page.url());
  const response = await page.request.post('/graphql', { data: { query, variables }, headers: { origin } });
  const { data, errors } = (await response.json()) as { data: Data; errors?: object[] };
  expect(errors ?? []).toEqual([]);
  return data;
}

/** Makes and publishes a workflow of these steps. Gives its id. */
export async function publishWorkflow(page: Page, name: string, steps: object[]): Promise<string> {
  const definition = { flow: 'v1', name, triggers: [{ kind: 'manual' }], steps };
  const { createWorkflow } = await ask<{ createWorkflow: Made }>(
    page,
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }',
    { input: { name, definition } },
  );
  await ask(page, 'mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { id } }', {
    input: { workflowId: createWorkflow.id },
  });
  return createWorkflow.id;
}

/** Starts a run with this input. Gives its id. */
export async function startRun(page: Page, workflowId: string, input: object = {}): Promise<string> {
  const { startRun: run } = await ask<{ startRun: Made }>(
    page,
    'mutation ($input: StartRunInput!) { startRun(input: $input) { id } }',
    { input: { workflowId, input } },
  );
  return run.id;
}

/** Waits until a run stands so. */
export async function untilRunIs(page: Page, id: string, status: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const query = 'query ($id: ID!) { run(id: $id) { status } }';
        const { run } = await ask<{ run: { status: string } }>(page, query, { id });
        return run.status;
      },
      { timeout: 30_000 },
    )
    .toBe(status);
}
