import { readFile } from 'node:fs/promises';
import type { Json, JsonObject } from '../../../workflows/json.ts';
import type { Ask } from '../graphql.ts';

/** Where the demo's connections lead. */
export interface DemoPlaces {
  shop: { host: string; port: number; database: string; user: string; password: string };
  smtpPort: number;
}

/** The demo's workflow and connections, as a newcomer would make them through the API. Safe to repeat. */
export async function prepareDemo(
  ask: Ask,
  places: DemoPlaces,
): Promise<{ workflowId: string; version: number }> {
  const { password, ...shop } = places.shop;
  await keepConnection(ask, {
    name: 'demo-shop',
    kind: 'POSTGRES',
    settings: { ...shop, tls: false },
    secrets: { password },
  });
  const mail = {
    host: '127.0.0.1',
    port: places.smtpPort,
    tls: false,
    from: 'Demo shop <billing@demo.levqor.example>',
  };
  await keepConnection(ask, { name: 'demo-mail', kind: 'SMTP', settings: mail, secrets: null });
  const text = await readFile(new URL('./overdue-invoices.flow.json', import.meta.url), 'utf8');
  return keepWorkflow(ask, JSON.parse(text) as JsonObject & { name: string });
}

interface WantedConnection {
  name: string;
  kind: string;
  settings: JsonObject;
  secrets: Json;
}

// Ports and passwords may have changed since the last start.
async function keepConnection(ask: Ask, wanted: WantedConnection): Promise<void> {
  const { connections } = await ask<{ connections: { edges: { node: { id: string; name: string } }[] } }>(
    '{ connections(first: 100) { edges { node { id name } } } }',
  );
  const known = connections.edges.find(({ node }) => node.name === wanted.name)?.node;
  const { name, kind, settings, secrets } = wanted;
  if (known)
    await ask('mutation ($input: RotateConnectionInput!) { rotateConnection(input: $input) { id } }', {
      input: { connectionId: known.id, settings, secrets },
    });
  else
    await ask('mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { id } }', {
      input: { name, kind, settings, ...(secrets === null ? {} : { secrets }) },
    });
}

interface KnownWorkflow {
  id: string;
  name: string;
  version: number | null;
}

/** A published workflow of this definition. A newcomer may have changed it: what is there under its name stays. */
export async function keepWorkflow(
  ask: Ask,
  definition: JsonObject & { name: string },
): Promise<{ workflowId: string; version: number }> {
  const { workflows } = await ask<{ workflows: { edges: { node: KnownWorkflow }[] } }>(
    'query ($search: String!) { workflows(first: 100, filter: { search: $search }) { edges { node { id name version } } } }',
    { search: definition.name },
  );
  const known = workflows.edges.find(({ node }) => node.name === definition.name)?.node;
  if (known?.version) return { workflowId: known.id, version: known.version };
  const workflowId = known?.id ?? (await createWorkflow(ask, definition));
  const { publishWorkflow } = await ask<{ publishWorkflow: { version: number } }>(
    'mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { version } }',
    { input: { workflowId, note: 'The demo as it comes' } },
  );
  return { workflowId, version: publishWorkflow.version };
}

async function createWorkflow(ask: Ask, definition: JsonObject & { name: string }): Promise<string> {
  const { createWorkflow: created } = await ask<{ createWorkflow: { id: string } }>(
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }',
    { input: { name: definition.name, definition } },
  );
  return created.id;
}
