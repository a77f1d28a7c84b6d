import { setTimeout as pause } from 'node:timers/promises';
import type { GoodClient } from './good-client.ts';
import type { Ledger } from './ledger.ts';

const CONNECT = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { id } }';
const CREATE = 'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }';
const PUBLISH = 'mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { version } }';
const KEY = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } } }';
const REVOKE = 'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { id } }';
const EVERY_MS = 3_000;

/** Somebody who changes the organisation meanwhile: connections, published workflows, keys that are revoked again. */
export async function makeThings(
  { client, ledger, seed }: { client: GoodClient; ledger: Ledger; seed: number },
  signal: AbortSignal,
): Promise<string[]> {
  const problems: string[] = [];
  const key = (name: string) => `chaos-${seed}-${name}`;
  const makers = [
    async (name: string) => {
      const settings = { baseUrl: 'https://shop.example' };
      const input = { name, kind: 'HTTP', settings, idempotencyKey: key(name) };
      const made = await client.ask<{ createConnection: { id: string } }>('owner', CONNECT, { input });
      ledger.made.push({ kind: 'connection', id: made.createConnection.id, name });
    },
    async (name: string) => {
      const definition = { flow: 'v1', steps: [{ id: 'only', kind: 'transform', with: { value: name } }] };
      const input = { name, definition, idempotencyKey: key(name) };
      const made = await client.ask<{ createWorkflow: { id: string } }>('owner', CREATE, { input });
      const workflowId = made.createWorkflow.id;
      await client.ask('owner', PUBLISH, { input: { workflowId, idempotencyKey: key(`${name}-publish`) } });
      ledger.made.push({ kind: 'workflow', id: workflowId, name });
    },
    async (name: string) => {
      const input = { name, idempotencyKey: key(name) };
      const made = await client.ask<{ createApiKey: { apiKey: { id: string } } }>('owner', KEY, { input });
      const apiKeyId = made.createApiKey.apiKey.id;
      await client.ask('owner', REVOKE, { input: { apiKeyId } });
      ledger.made.push({ kind: 'apiKey', id: apiKeyId, name });
    },
  ];
  for (let i = 0; !signal.aborted; i += 1) {
    const make = makers[i % makers.length];
    await make?.(`chaos-thing-${i}`).catch((error: unknown) => problems.push(String(error)));
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return problems;
}
