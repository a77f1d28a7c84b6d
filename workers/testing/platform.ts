import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { openDatabase } from '../../prisma/database.ts';
import { testDatabase, type TestDatabase } from '../../prisma/testing.ts';
import { lazyClient } from '../../temporal/client.ts';
import { parseKeyring, type Keyring } from '../../temporal/keyring.ts';
import { testTemporalAddress } from '../../temporal/testing.ts';
import type { LaunchStage } from '../../workflows/launch-stage.ts';
import { temporalWorkflowId, uuidOfGlobalId, type RunId } from '../../workflows/ids.ts';
import { bundleWorkflows } from '../bundle.ts';
import { seedDemo, type DemoRole, type SeededDemo } from '../local/seed-demo.ts';
import { askApi, type Ask } from './graphql.ts';
import { makeNamespace } from './namespace.ts';
import { ownProcess, type OwnProcess } from './own-process.ts';
import { once } from './shop.ts';
import { until } from './until.ts';

/** A whole platform of a test file's own: database, namespace, API and worker as processes, the five demo people. */
export interface TestPlatform extends SeededDemo {
  database: TestDatabase;
  keyring: Keyring;
  encryptionKeys: string;
  api: OwnProcess;
  worker: OwnProcess;
  apiUrl: string;
  temporal: Client;
  /** Every answer that the API gave to `ask`, as it came. */
  answers: string[];
  /** Calls of the API as one of the people. */
  ask(role: DemoRole): Ask;
  /** Reads the run until `done`, and gives it; throws after `limitMs`, 30 seconds when left out. */
  waitForRun(id: string, done: (run: RunView) => boolean, limitMs?: number): Promise<RunView>;
  /** Runs a statement as a superuser, past row-level security. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The id of the run's execution in Temporal. */
  workflowIdOf(runId: string): string;
  stop(): Promise<void>;
}

export interface PlatformOptions {
  /** Ports of this machine that steps may reach. */
  allow?: number[];
  launchStage?: LaunchStage;
  logLevel?: 'info' | 'debug';
  /** Opens the worker's door on a free port; the line by which it says that it is ready names it. */
  workerDoor?: boolean;
  /** `host:port` of a Temporal server that is the file's own: its namespace `default` is used. */
  temporalAddress?: string;
  /** Where API and worker write `api.log` and `worker.log`, as under `npm start`; this process hears them otherwise. */
  logFolder?: string;
  /** A database on a server that is the file's own; one of the test run's server when left out. */
  database?: TestDatabase;
  /** Settings of API and worker that count more than those made here, by the name of their environment variable. */
  settings?: Record<string, string>;
  /** How long API and worker may take to start, in milliseconds; 30 seconds when left out. */
  startLimitMs?: number;
}

/** A run as the API tells it. */
export interface RunView {
  id: string;
  status: string;
  output: unknown;
  error: { code: string; message: string; path: string | null; details: unknown } | null;
  steps: { path: string; kind: string; status: string; attempt: number; output: unknown }[];
}

const RUN = `query ($id: ID!) { run(id: $id) { id status output error { code message path details }
  steps { path kind status attempt output } } }`;

/** Starts the platform in about five seconds. Call `stop` at the end of the file. */
export async function openPlatform(options: PlatformOptions = {}): Promise<TestPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'levqor-platform-'));
  const bundle = join(folder, 'workflows.js');
  const address = options.temporalAddress ?? testTemporalAddress();
  const [database, namespace] = await Promise.all([
    options.database ?? testDatabase(),
    options.temporalAddress === undefined ? makeNamespace(address) : 'default',
    bundleWorkflows().then(({ code }) => writeFile(bundle, code)),
  ]);
  const encryptionKeys = `test:${randomBytes(32).toString('base64')}`;
  const keyring = parseKeyring(encryptionKeys);
  const { launchStage = 'post-launch' } = options;
  const seeded = await seed(database, keyring, launchStage);
  const settings = {
    APP_DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    LEVQOR_ENCRYPTION_KEYS: encryptionKeys,
    LEVQOR_LOG_LEVEL: options.logLevel ?? 'info',
    LEVQOR_LOG_PRETTY: 'false',
    LEVQOR_LAUNCH_STAGE: launchStage,
    ...options.settings,
  };
  const logFile = (name: string) => options.logFolder && join(options.logFolder, `${name}.log`);
  const { startLimitMs } = options;
  const limit = startLimitMs === undefined ? {} : { startLimitMs };
  const worker = ownProcess({
    ...limit,
    entry: 'workers/main.ts',
    ready: 'the worker is ready',
    logFile: logFile('worker'),
    settings: () => ({
      ...settings,
      LEVQOR_WORKFLOW_BUNDLE: bundle,
      ...(options.workerDoor ? { LEVQOR_WORKER_METRICS_PORT: '0' } : {}),
      LEVQOR_EGRESS_ALLOW: (options.allow ?? []).map((port) => `127.0.0.1:${port}`).join(),
    }),
  });
  // A free port at the first start, and the same one again at each later one.
  let apiUrl = 'http://127.0.0.1:0';
  const api = ownProcess({
    ...limit,
    entry: 'api/main.ts',
    ready: 'The API listens',
    logFile: logFile('api'),
    settings: () => ({
      ...settings,
      LEVQOR_API_PORT: new URL(apiUrl).port || '0',
    }),
  });
  const [said] = await Promise.all([api.start(), worker.start()]).catch(async (error: unknown) => {
    await Promise.all([api.stop(), worker.stop()]);
    await rm(folder, { recursive: true });
    throw error;
  });
  apiUrl = (JSON.parse(said) as { url: string }).url;

  const temporal = lazyClient({ address, namespace, tls: false, apiKey: undefined }, keyring);
  const answers: string[] = [];
  const ask = (role: DemoRole): Ask => {
    const caller = {
      apiUrl,
      token: seeded.tokens[role],
      onAnswer: (text: string) => void answers.push(text),
    };
    return (query, variables) => askApi(caller, query, variables);
  };
  return {
    ...seeded,
    ...{ database, keyring, encryptionKeys, api, worker, apiUrl, temporal, answers, ask },
    waitForRun: (id, done, limitMs) => waitForRun(ask('viewer'), { id, done, limitMs }),
    sql: (text, values = []) =>
      once(database.adminUrl, async (client) => (await client.query<never>(text, values)).rows),
    workflowIdOf: (runId) => temporalWorkflowId(seeded.tenantId, uuidOfGlobalId('run', runId) as RunId),
    stop: async () => {
      await Promise.all([api.stop(), worker.stop()]);
      await temporal.connection.close();
      await rm(folder, { recursive: true });
      await database.close();
    },
  };
}

async function seed(database: TestDatabase, keyring: Keyring, launchStage: LaunchStage): Promise<SeededDemo> {
  const door = openDatabase(database.appUrl);
  try {
    const dispatcher = { dispatch: () => undefined };
    return await seedDemo({ database: door, keyring, launchStage, dispatcher });
  } finally {
    await door.close();
  }
}

async function waitForRun(
  ask: Ask,
  { id, done, limitMs }: { id: string; done: (run: RunView) => boolean; limitMs: number | undefined },
): Promise<RunView> {
  let last: RunView | null = null;
  const look = async () => {
    last = (await ask<{ run: RunView }>(RUN, { id })).run;
    return done(last) ? last : null;
  };
  try {
    return await until(`run ${id}`, look, limitMs);
  } catch (error) {
    throw new Error(`${String(error)}\nIt stood at ${JSON.stringify(last)}`, { cause: error });
  }
}
