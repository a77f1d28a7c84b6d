import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import type { ApprovalMailClients } from '../activities/approvals/index.ts';
import type { RunClients } from '../activities/runs/index.ts';
import type { ScheduleClients } from '../activities/schedules/index.ts';
import type { TemporalConfig } from '../temporal/config.ts';
import { dataConverter } from '../temporal/data-converter.ts';
import { RUNS_TASK_QUEUE } from '../workflows/task-queues.ts';
import { workflowSlots } from './workflow-slots.ts';

export interface WorkerParts {
  temporal: TemporalConfig;
  clients: RunClients & ScheduleClients & ApprovalMailClients;
  bundle: WorkflowBundleOption;
  signal: AbortSignal;
}

/**
 * Connects to Temporal, for as long as it takes, and makes the worker of all runs.
 * Throws the abort reason when `signal` ends the wait.
 */
export async function createWorker({ temporal, clients, bundle, signal }: WorkerParts): Promise<Worker> {
  const connection = await connectPatiently(temporal, clients, signal);
  return Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: RUNS_TASK_QUEUE,
    workflowBundle: bundle,
    activities: createActivities(clients),
    dataConverter: dataConverter(clients.keyring),
    tuner: {
      // Measured: with 40 at most, p99 is four times longer at 50 runs side by side.
      workflowTaskSlotSupplier: workflowSlots(),
      activityTaskSlotSupplier: { type: 'fixed-size', numSlots: 100 },
      localActivityTaskSlotSupplier: { type: 'fixed-size', numSlots: 200 },
      nexusTaskSlotSupplier: { type: 'fixed-size', numSlots: 1 },
    },
    shutdownGraceTime: '10s',
    shutdownForceTime: '30s',
  });
}

/** Waits between two tries, in milliseconds; the last one stays. */
const DELAYS = [200, 500, 1_000, 2_000, 5_000];

async function connectPatiently(
  { address, tls, apiKey }: TemporalConfig,
  { log }: RunClients,
  signal: AbortSignal,
) {
  for (let tries = 0; ; tries++) {
    try {
      return await NativeConnection.connect({
        address,
        ...(tls ? { tls: true } : {}),
        ...(apiKey === undefined ? {} : { apiKey }),
      });
    } catch (error) {
      log.warn({ err: error, address }, 'Temporal does not answer; trying again');
      await pause(DELAYS[Math.min(tries, DELAYS.length - 1)], undefined, { signal });
    }
  }
}
