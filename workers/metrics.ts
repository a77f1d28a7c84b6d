import type { Worker } from '@temporalio/worker';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { DispatcherParts } from '../activities/outbox/index.ts';
import type { ReconcilerParts } from '../activities/runs/index.ts';

/** What a worker counts about itself, for Prometheus. */
export interface WorkerMetrics {
  outbox: NonNullable<DispatcherParts['metrics']>;
  reconciler: NonNullable<ReconcilerParts['metrics']>;
  /** Shows what this worker of the SDK has in hand. */
  watch(worker: Pick<Worker, 'getStatus'>): void;
  /** The page for Prometheus. */
  render(): Promise<{ contentType: string; body: string }>;
}

/** Makes the metrics of one worker process. Those of Node itself are among them. */
export function createWorkerMetrics(): WorkerMetrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const sends = new Counter({
    name: 'levqor_outbox_sends_total',
    help: 'Attempts to send a message to Temporal, by kind and outcome (sent, dropped, retried, failed).',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const repairs = new Counter({
    name: 'levqor_reconciler_repairs_total',
    help: 'Runs and bulk re-runs that were not as Temporal had them, by what they were put to.',
    labelNames: ['what', 'status'],
    registers,
  });
  return {
    outbox: { count: (kind, outcome) => sends.inc({ kind, outcome }) },
    reconciler: { count: (what, status) => repairs.inc({ what, status }) },
    watch: (worker) => watch(worker, registers),
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

function watch(worker: Pick<Worker, 'getStatus'>, registers: Registry[]): void {
  new Gauge({
    name: 'levqor_worker_in_hand',
    help: 'What the worker has in hand now: workflow tasks, activities, local activities, and runs in its cache.',
    labelNames: ['what'],
    registers,
    collect() {
      const status = worker.getStatus();
      this.set({ what: 'workflow_tasks' }, status.numInFlightWorkflowActivations);
      this.set({ what: 'activities' }, status.numInFlightNonLocalActivities);
      this.set({ what: 'local_activities' }, status.numInFlightLocalActivities);
      this.set({ what: 'cached_workflows' }, status.numCachedWorkflows);
    },
  });
}
