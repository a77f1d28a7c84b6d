import { readFile } from 'node:fs/promises';
import type { Worker } from '@temporalio/worker';
import { createEgress } from '../activities/egress/index.ts';
import { createLogger, type Log } from '../activities/log.ts';
import { createDispatcher, sendToTemporal } from '../activities/outbox/index.ts';
import { lookThrough } from '../activities/runs/index.ts';
import { openDatabase } from '../prisma/database.ts';
import { waitForDatabase } from '../prisma/wait-for-database.ts';
import { lazyClient } from '../temporal/client.ts';
import { temporalConfig } from '../temporal/config.ts';
import { parseKeyring } from '../temporal/keyring.ts';
import { bundleWorkflows } from './bundle.ts';
import { readWorkerConfig, type WorkerConfig } from './config.ts';
import { createWorker } from './create-worker.ts';
import { createWorkerMetrics } from './metrics.ts';
import { openDoor } from './open-door.ts';
import { reconcileLoop } from './reconcile-loop.ts';
import { sendSdkLogTo } from './sdk-log.ts';

/** Runs the worker of all runs, and sends what the outbox holds, until SIGTERM or SIGINT. */
async function main(config: WorkerConfig, log: Log): Promise<void> {
  const ended = endOfProcess();
  sendSdkLogTo(log);
  await waitForDatabase(config.databaseUrl, (cause) =>
    log.warn({ cause }, 'the database does not answer yet'),
  );
  const keyring = parseKeyring(config.encryptionKeys);
  const temporal = temporalConfig();
  const database = openDatabase(config.databaseUrl);
  const client = lazyClient(temporal, keyring);
  const metrics = createWorkerMetrics();
  const dispatcher = createDispatcher({
    database,
    send: sendToTemporal(client),
    log,
    metrics: metrics.outbox,
  });
  const egress = createEgress({ allow: config.egressAllow });
  const { launchStage, publicUrl } = config;
  const clients = { database, keyring, egress, log, dispatcher, launchStage, publicUrl };

  const bundle =
    config.workflowBundle === undefined
      ? await bundleWorkflows()
      : { code: await readFile(config.workflowBundle, 'utf8') };
  const worker = await createWorker({ temporal, clients, bundle, signal: ended });
  metrics.watch(worker);
  const isRunning = () => worker.getState() === 'RUNNING';
  const door = config.door && (await openDoor({ ...config.door, metrics, isRunning }));
  dispatcher.start();
  const reconciling = reconcileLoop({
    ...{ database, dispatcher, log, signal: ended, metrics: metrics.reconciler },
    look: lookThrough(client),
  });
  log.info({ pid: process.pid, door: door?.url }, 'the worker is ready');
  await runUntil(worker, ended);
  await reconciling;
  await door?.close();
  await dispatcher.stop();
  await database.close();
}

/** Aborts at the first SIGTERM or SIGINT. */
function endOfProcess(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

// Finishes what is under way; Temporal gives the rest to the next worker.
async function runUntil(worker: Worker, ended: AbortSignal): Promise<void> {
  const running = worker.run();
  const stop = () => worker.shutdown();
  if (ended.aborted) stop();
  else ended.addEventListener('abort', stop, { once: true });
  await running;
}

const config = readWorkerConfig();
const log = createLogger(config.log);
main(config, log).then(
  () => process.exit(0),
  (error: unknown) => {
    log.fatal({ err: error }, 'the worker cannot go on');
    process.exit(1);
  },
);
