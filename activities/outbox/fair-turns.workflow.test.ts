import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { freePort } from '../../free-port.ts';
import { findTemporalServer, startTemporalServer, type TemporalServer } from '../../temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import type { Step } from '../../workflows/definitions/model.ts';
import { temporalWorkflowId, type RunId, type TenantId } from '../../workflows/ids.ts';
import { FakeWorld } from '../../workflows/runs/testing.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import { sendToTemporal } from './index.ts';

/** Runs of the tenant that came first, and of the one that came last. */
const MANY = 300;
const FEW = 5;

let folder: string;
let server: TemporalServer;
let client: Client;
beforeAll(async () => {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger, telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } });
  folder = await mkdtemp(join(tmpdir(), 'levqor-scratch-'));
  const cacheDir = join(import.meta.dirname, '../../.cache');
  server = await startTemporalServer({
    binary: await findTemporalServer({ cacheDir, say: () => undefined }),
    dbFile: null,
    logFile: join(folder, 'temporal.log'),
    port: await freePort(),
    uiPort: null,
    searchAttributes: SEARCH_ATTRIBUTES,
  });
  client = new Client({ connection: await Connection.connect({ address: server.address }) });
}, 120_000);
afterAll(async () => {
  await client?.connection.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts runs of one step each, without waiting for them. */
async function startRuns(world: FakeWorld, count: number): Promise<void> {
  const send = sendToTemporal(client);
  const steps = [{ id: 'call', kind: 'http', with: { url: 'https://example.org/' } } as Step];
  for (let i = 0; i < count; i++) {
    const runId = randomUUID() as RunId;
    world.runs.set(runId, { steps });
    await send({ tenantId: world.tenantId, id: randomUUID(), message: { kind: 'startRun', runId } });
  }
}

async function workUntilAllAreClosed(many: FakeWorld, few: FakeWorld, order: TenantId[]): Promise<void> {
  const worldOf = (tenantId: TenantId) => (tenantId === few.tenantId ? few : many);
  const quiet = () => undefined;
  const logger = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
  const connection = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection,
    taskQueue: RUNS_TASK_QUEUE,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, '../../workflows/index.ts'),
      logger,
    }),
    // So few that there is a queue at all.
    ...{ maxConcurrentWorkflowTaskExecutions: 4, maxConcurrentActivityTaskExecutions: 4 },
    activities: {
      openRun: (key) => worldOf(key.tenantId).activities.openRun(key),
      recordSteps: (input) => worldOf(input.tenantId).activities.recordSteps(input),
      executeEffect: (input) => worldOf(input.tenantId).activities.executeEffect(input),
      closeRun: (input) => {
        order.push(input.tenantId);
        return worldOf(input.tenantId).activities.closeRun(input);
      },
    } satisfies Partial<FakeWorld['activities']>,
  });
  await worker.runUntil(async () => {
    for (const world of [many, few])
      for (const runId of world.runs.keys())
        await client.workflow.getHandle(temporalWorkflowId(world.tenantId, runId)).result();
  });
  await connection.close();
}

describe('the one task queue', () => {
  it('has tenants take turns: the last of few runs ends long before the last of many that came first', async () => {
    const [many, few] = [new FakeWorld(), new FakeWorld()];
    await startRuns(many, MANY);
    await startRuns(few, FEW);
    const order: TenantId[] = [];
    await workUntilAllAreClosed(many, few, order);
    expect(order).toHaveLength(MANY + FEW);
    expect(order.lastIndexOf(few.tenantId)).toBeLessThan(MANY / 2);
  }, 240_000);
});
