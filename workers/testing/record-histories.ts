// Records the histories that workflows/runs/replay.workflow.test.ts replays, of the trials that have none yet, or with
// `--all` of every trial: `node --import ./ts-hook.mjs workers/testing/record-histories.ts`. When to do so:
// workflows/runs/histories/recorded-histories.decision.md.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { freePort } from '../../free-port.ts';
import { findTemporalServer, startTemporalServer } from '../../temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import { suggestingEnvironment } from '../../temporal/testing.ts';
import { temporalHelperId, temporalWorkflowId, type RunId } from '../../workflows/ids.ts';
import type { RunDefinitionInput } from '../../workflows/runs/model.ts';
import { FakeWorld } from '../../workflows/runs/testing.ts';
import { bundleWorkflows } from '../bundle.ts';
import { CACHE } from '../local/home.ts';
import { answerRequests, type RecordedTrial } from './recorded-trial.ts';
import { RECORDED_HELPERS, type RecordedHelper } from './recorded-helpers.ts';
import { RECORDED_TRIALS } from './recorded-trials.ts';

const FOLDER = fileURLToPath(new URL('../../workflows/runs/histories/', import.meta.url));
const FAILURE_CONVERTER = fileURLToPath(new URL('../../temporal/failure-converter.ts', import.meta.url));
/** In place of the name of the machine. */
const IDENTITY = 'recorder';
const { History } = proto.temporal.api.history.v1;
type IHistory = proto.temporal.api.history.v1.IHistory;

/** What every recording uses. */
interface Studio {
  client: Client;
  connection: NativeConnection;
  bundle: WorkflowBundle;
}

await main(process.argv.includes('--all'));

async function main(all: boolean): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
  await mkdir(FOLDER, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'levqor-record-'));
  const server = await startTemporalServer({
    binary: await findTemporalServer({ cacheDir: CACHE, say: console.log }),
    dbFile: null,
    logFile: join(folder, 'temporal.log'),
    port: await freePort(),
    uiPort: null,
    searchAttributes: SEARCH_ATTRIBUTES,
  });
  try {
    const studio = await openStudio(server.address);
    const isKnown = (name: string) => !all && existsSync(join(FOLDER, `${name}.bin`));
    for (const [name, helper] of Object.entries(RECORDED_HELPERS))
      if (!isKnown(name)) console.log((await recordHelper(studio, name, helper)).join('\n'));
    for (const [name, trial] of Object.entries(RECORDED_TRIALS)) {
      if (isKnown(name)) continue;
      const { suggestAfter } = trial;
      const files =
        suggestAfter === undefined
          ? await record(studio, name, trial)
          : await withSuggestions(suggestAfter, (other) => record(other, name, trial));
      console.log(files.join('\n'));
    }
    await studio.client.connection.close();
    await studio.connection.close();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

/** A studio on a server of its own, which suggests a new history after so many events. */
async function withSuggestions<T>(events: number, work: (studio: Studio) => Promise<T>): Promise<T> {
  const environment = await suggestingEnvironment(events);
  try {
    const studio = await openStudio(environment.address);
    const result = await work(studio);
    await studio.client.connection.close();
    await studio.connection.close();
    return result;
  } finally {
    await environment.teardown();
  }
}

async function openStudio(address: string): Promise<Studio> {
  const dataConverter = { failureConverterPath: FAILURE_CONVERTER };
  return {
    client: new Client({
      connection: await Connection.connect({ address }),
      identity: IDENTITY,
      dataConverter,
    }),
    connection: await NativeConnection.connect({ address }),
    bundle: await bundleWorkflows(),
  };
}

/** Runs the trial to its end and writes a file for each of its runs; gives a line about each. */
async function record(studio: Studio, name: string, trial: RecordedTrial): Promise<string[]> {
  const world = new FakeWorld();
  const runId = randomUUID() as RunId;
  const taskQueue = `record-${runId}`;
  world.runs.set(runId, trial);
  world.client = studio.client.workflow;
  trial.prepare?.(world);
  const { client, connection, bundle: workflowBundle } = studio;
  const handleOf = (id: string) => client.workflow.getHandle(id);
  if (trial.decide) answerRequests(world, trial.decide, handleOf);
  const worker = await Worker.create({
    ...{ connection, workflowBundle, taskQueue, identity: IDENTITY },
    activities: world.activities,
    dataConverter: { failureConverterPath: FAILURE_CONVERTER },
  });
  const idOf = (id: RunId) => temporalWorkflowId(world.tenantId, id);
  await worker.runUntil(async () => {
    const input: RunDefinitionInput = {
      tenantId: world.tenantId,
      runId,
      ...(trial.carry ? { carry: trial.carry } : {}),
    };
    const handle = await client.workflow.start('runDefinition', {
      workflowId: idOf(runId),
      taskQueue,
      args: [input],
    });
    await trial.during?.(world, handle);
    // A run that fails or is cancelled is as good a record as any.
    for (const id of world.runs.keys())
      await handleOf(idOf(id))
        .result()
        .catch(() => undefined);
  });
  const lines: string[] = [];
  for (const [index, id] of [...world.runs.keys()].entries()) {
    const stem = `${name}${index === 0 ? '' : `.child${index}`}`;
    const status = world.closed.get(id)?.status ?? 'no end';
    lines.push(...(await keep(client, stem, idOf(id))).map((line) => `${line}, ${status}`));
  }
  return lines;
}

/** Runs the helper to its end and writes its file; gives a line about it. */
async function recordHelper(studio: Studio, name: string, helper: RecordedHelper): Promise<string[]> {
  const { client, connection, bundle: workflowBundle } = studio;
  const world = new FakeWorld();
  world.client = client.workflow;
  const taskQueue = `record-${name}`;
  const worker = await Worker.create({
    ...{ connection, workflowBundle, taskQueue, identity: IDENTITY },
    activities: { ...world.activities, ...helper.activities(world) },
    dataConverter: { failureConverterPath: FAILURE_CONVERTER },
  });
  const workflowId = temporalHelperId(helper.kind, world.tenantId, randomUUID());
  await worker.runUntil(async () => {
    const args = [{ tenantId: world.tenantId, ...helper.input }];
    const handle = await client.workflow.start(helper.workflow, { workflowId, taskQueue, args });
    await helper.during?.(world, handle);
    await handle.result().catch(() => undefined);
  });
  return keep(client, name, workflowId);
}

/** Writes the histories that a workflow went through; gives a line about each. */
async function keep(client: Client, stem: string, workflowId: string): Promise<string[]> {
  const lines: string[] = [];
  for (const [next, history] of (await historiesOf(client, workflowId)).entries()) {
    const file = `${stem}${next === 0 ? '' : `.next${next}`}.bin`;
    const bytes = History.encode(withoutMachine(history)).finish();
    await writeFile(join(FOLDER, file), bytes);
    lines.push(`${file}: ${history.events?.length ?? 0} events, ${bytes.length} bytes`);
  }
  return lines;
}

/** The histories that a run went through, in their order. */
async function historiesOf({ workflow }: Client, id: string): Promise<IHistory[]> {
  const last = await workflow.getHandle(id).fetchHistory();
  const histories: IHistory[] = [];
  let next = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
  while (next) {
    const history: IHistory = await workflow.getHandle(id, next).fetchHistory();
    histories.push(history);
    next = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return histories;
}

// Stack traces hold paths of this machine. No replay reads them.
function withoutMachine<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutMachine) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || isLong(value)) return value;
  const fields = Object.entries(value).map(([name, field]): [string, unknown] => {
    if (name === 'stackTrace') return [name, ''];
    return [
      name,
      name === 'encodedAttributes' && field ? withoutTrace(field as Payload) : withoutMachine<unknown>(field),
    ];
  });
  return Object.fromEntries(fields) as T;
}

function withoutTrace(payload: Payload): Payload {
  const attributes = JSON.parse(Buffer.from(payload.data ?? []).toString('utf8')) as object;
  return { ...payload, data: Buffer.from(JSON.stringify({ ...attributes, stack_trace: '' })) };
}

// protobuf's 64-bit integers.
function isLong(value: object): boolean {
  return 'low' in value && 'high' in value;
}
