import { afterEach, describe, expect, it } from '@jest/globals';
import { createWorkerMetrics } from './metrics.ts';
import { openDoor, type Door } from './open-door.ts';

let door: Door | undefined;
afterEach(() => door?.close());

describe('the door of a worker', () => {
  it('says whether the worker takes tasks, and what was counted', async () => {
    const metrics = createWorkerMetrics();
    let running = false;
    door = await openDoor({ host: '127.0.0.1', port: 0, metrics, isRunning: () => running });
    expect((await fetch(`${door.url}/healthz`)).status).toBe(503);
    running = true;
    expect((await fetch(`${door.url}/healthz?x=1`)).status).toBe(200);
    metrics.outbox.count('startRun', 'sent');
    metrics.outbox.count('startRun', 'sent');
    metrics.reconciler.count('bulkRerun', 'RUNNING');
    metrics.watch({
      getStatus: () =>
        ({
          ...{ numInFlightWorkflowActivations: 1, numInFlightNonLocalActivities: 2 },
          ...{ numInFlightLocalActivities: 3, numCachedWorkflows: 4 },
        }) as ReturnType<Parameters<typeof metrics.watch>[0]['getStatus']>,
    });
    const page = await (await fetch(`${door.url}/metrics`)).text();
    for (const line of [
      'levqor_outbox_sends_total{kind="startRun",outcome="sent"} 2',
      'levqor_reconciler_repairs_total{what="bulkRerun",status="RUNNING"} 1',
      'levqor_worker_in_hand{what="workflow_tasks"} 1',
      'levqor_worker_in_hand{what="activities"} 2',
      'levqor_worker_in_hand{what="local_activities"} 3',
      'levqor_worker_in_hand{what="cached_workflows"} 4',
    ])
      expect(page).toContain(line);
  });

  it('does not open where somebody else listens', async () => {
    const parts = { host: '127.0.0.1', metrics: createWorkerMetrics(), isRunning: () => true };
    door = await openDoor({ ...parts, port: 0 });
    await expect(openDoor({ ...parts, port: Number(new URL(door.url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
