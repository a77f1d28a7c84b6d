import { fileURLToPath } from 'node:url';
import {
  NativeConnection,
  Worker,
  bundleWorkflowCode,
  makeTelemetryFilterString,
  Runtime,
} from '@temporalio/worker';
import { temporalConfig } from '../../../temporal/config.ts';
import { handWrittenActivities } from './activities.ts';
import { HAND_WRITTEN_QUEUE } from './task-queue.ts';

/** The process of the hand-written baseline: a worker with the settings of our own (`workers/create-worker.ts`). */
async function main(): Promise<void> {
  Runtime.install({ telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN' }) } } });
  const { address, namespace } = temporalConfig();
  const silent = () => undefined;
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue: HAND_WRITTEN_QUEUE,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./hand-written.workflow.ts', import.meta.url)),
      logger: { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent },
    }),
    activities: handWrittenActivities,
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 200,
  });
  const running = worker.run();
  process.stdout.write('the baseline is ready\n');
  await running;
}

await main();
