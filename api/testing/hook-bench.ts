import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { TestTenant } from '../../activities/testing.ts';
import { toGlobalId } from '../global-id.ts';
import { openTestApi, type TestApi } from './api.ts';

/** What a call of a webhook got. `json` is empty for an answer that is none. */
export interface HookAnswer {
  status: number;
  headers: Headers;
  text: string;
  json: {
    runId?: string;
    duplicate?: boolean;
    error?: { reason?: string; code?: string; issues?: object[] };
  };
}

/** A webhook as its people see it. */
export interface ShownWebhook {
  scheme: string;
  hasSecret: boolean;
  url: string | null;
  disabled: boolean;
  deliveries: { edges: { node: Record<string, unknown> }[]; pageInfo: { endCursor: string } };
}

/** An API with an organisation, and what tests of webhooks do with it. */
export interface HookBench {
  api: TestApi;
  tenant: TestTenant;
  /** A key of the builder. */
  key: string;
  /** Calls a webhook with a POST of JSON, unless `init` says otherwise. */
  call(token: string, init?: RequestInit & { query?: string }): Promise<HookAnswer>;
  /** Calls it with this body. */
  send(token: string, body: unknown, headers?: Record<string, string>): Promise<HookAnswer>;
  /** Calls it; when the API waits for the run's answer, does `then` with the run as a worker would. */
  callThen(
    token: string,
    then: (key: { tenantId: TenantId; runId: RunId }) => Promise<void>,
  ): Promise<HookAnswer>;
  /** Resolves when `more` further listeners have begun to hear news since `before`. */
  heardSince(before: number, more: number): Promise<void>;
  /** The webhook by GraphQL, as the holder of a key sees it. */
  webhook(
    workflowId: string,
    as?: string,
    after?: string,
  ): Promise<{ webhook: ShownWebhook | null; workflow: { webhookUrl: string | null } }>;
  /** The calls that it received, newest first. */
  logOf(workflowId: string): Promise<Record<string, unknown>[]>;
  /** How many runs the workflow has. */
  runsOf(workflowId: string): Promise<number>;
}

const WEBHOOK = `query ($id: ID!, $after: String) { webhook(workflowId: $id) { url scheme hasSecret disabled
  deliveries(first: 10, after: $after) {
    edges { node { receivedAt outcome httpStatus reason bytes contentType runId duplicates } } pageInfo { endCursor } } }
  workflow(id: $id) { webhookUrl } }`;

/** Opens a bench. Close its `api` at the end of the file. */
export async function openHookBench(): Promise<HookBench> {
  const api = await openTestApi();
  const tenant = await api.house.newTenant();
  const key = await api.keyOf(tenant, 'builder');
  const { database } = api.house;

  const send: HookBench['send'] = (token, body, headers = {}) =>
    callHook(api.url, token, { body: JSON.stringify(body), headers });

  const heardSince: HookBench['heardSince'] = async (before, more) => {
    for (let i = 0; api.heard.subscriptions < before + more; i += 1) {
      if (i === 500) throw new Error('The API does not listen for the answer');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  const newestRun = async (): Promise<RunId | null> => {
    const run = await database.withTenant(tenant.tenantId, (db) =>
      db.run.findFirst({ orderBy: { createdAt: 'desc' }, select: { id: true } }),
    );
    return (run?.id ?? null) as RunId | null;
  };
  const nextRun = async (after: RunId | null): Promise<RunId> => {
    for (let i = 0; i < 500; i += 1) {
      const run = await newestRun();
      if (run !== null && run !== after) return run;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('The call starts no run');
  };

  const webhook: HookBench['webhook'] = async (workflowId, as = key, after) => {
    const variables = { id: toGlobalId('Workflow', workflowId), after };
    const { data, errors } = await api.graphql({ query: WEBHOOK, variables }, as);
    if (errors[0]) throw new Error(errors[0].message);
    return data as unknown as Awaited<ReturnType<HookBench['webhook']>>;
  };

  return {
    ...{ api, tenant, key, send, heardSince, webhook },
    call: (token, init) => callHook(api.url, token, init),
    callThen: async (token, then) => {
      const before = api.heard.subscriptions;
      const known = await newestRun();
      const answer = send(token, { a: 1 });
      // The API listens before it writes the run.
      await heardSince(before, 1);
      const runId = await nextRun(known);
      await then({ tenantId: tenant.tenantId, runId });
      return answer;
    },
    logOf: async (workflowId) =>
      ((await webhook(workflowId)).webhook?.deliveries.edges ?? []).map(({ node }) => node),
    runsOf: (workflowId) =>
      database.withTenant(tenant.tenantId, (db) => db.run.count({ where: { workflowId } })),
  };
}

async function callHook(
  url: string,
  token: string,
  { query = '', ...init }: RequestInit & { query?: string } = {},
): Promise<HookAnswer> {
  const headers = { 'content-type': 'application/json', ...(init.headers as object) };
  const response = await fetch(`${url}/hooks/${token}${query}`, { method: 'POST', ...init, headers });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const json = (isJson && text !== '' ? JSON.parse(text) : {}) as HookAnswer['json'];
  return { status: response.status, headers: response.headers, text, json };
}
