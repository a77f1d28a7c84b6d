import { randomUUID } from 'node:crypto';
import { startTemporalServer, findTemporalServer } from '/work/main/temporal/dev-server.ts';
import { freePort } from '/work/main/server-process.ts';
import { FakeWorld } from '/work/main/workflows/runs/testing.ts';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { Client, Connection } from '@temporalio/client';
import { sendToTemporal } from '/work/main/activities/outbox/index.ts';
import { SEARCH_ATTRIBUTES } from '/work/main/temporal/search-attributes.ts';
import { RUNS_TASK_QUEUE } from '/work/main/workflows/task-queues.ts';
Runtime.install({ logger: new DefaultLogger('ERROR') });
const binary = await findTemporalServer({ cacheDir: '/work/main/.cache', say: () => {} });
const server = await startTemporalServer({ binary, dbFile: process.argv[3] === 'file' ? '/tmp/levqor-a1/t.db' : null, logFile: '/tmp/levqor-a1/t.log', port: await freePort(), uiPort: null, searchAttributes: SEARCH_ATTRIBUTES });
try {
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection });
  const send = sendToTemporal(client);
  const many = Number(process.argv[2] ?? 300);
  const started = [];
  const world = new FakeWorld();
  const order: string[] = []; const opened: string[] = [];
  const owner = new Map<string, string>();
  const x = randomUUID(), y = randomUUID();
  const go = async (tenant: string, name: string) => { const runId = randomUUID(); owner.set(runId, name); world.runs.set(runId as never, { steps: [{ id: 'a', kind: 'http', with: { url: 'https://example.org' } }] as never }); await send({ tenantId: tenant as never, id: randomUUID(), message: { kind: 'startRun', runId: runId as never } }); };
  for (let i = 0; i < many; i += 20) await Promise.all(Array.from({ length: 20 }, () => go(x, 'X')));
  for (let i = 0; i < 5; i++) await go(y, 'Y');
  const activities = { ...world.activities,
    openRun: async (k: never) => { opened.push(owner.get((k as {runId: string}).runId)!); return world.activities.openRun(k); },
    executeEffect: async (i: never) => { order.push(owner.get((i as {runId: string}).runId)!); return world.activities.executeEffect(i); } };
  const bundle = await bundleWorkflowCode({ workflowsPath: '/work/main/workflows/index.ts', logger: new DefaultLogger('ERROR') });
  const worker = await Worker.create({ connection: await NativeConnection.connect({ address: server.address }), taskQueue: RUNS_TASK_QUEUE, workflowBundle: bundle, activities, maxConcurrentWorkflowTaskExecutions: 4, maxConcurrentActivityTaskExecutions: 4 });
  await worker.runUntil(async () => { while (world.closed.size < many + 5) await new Promise((r) => setTimeout(r, 50)); });
  const at = (list: string[]) => list.flatMap((n, i) => n === 'Y' ? [i] : []);
  console.log('opened: Y at', at(opened), 'of', opened.length, ' effects: Y at', at(order), 'of', order.length);
  await connection.close();
} finally { await server.stop(); }
process.exit(0);
