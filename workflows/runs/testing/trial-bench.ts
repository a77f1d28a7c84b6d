import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { temporalWorkflowId, type RunId } from '../../ids.ts';
import type { CloseRunInput } from '../activities.ts';
import type { RunDefinitionInput } from '../model.ts';
import type { FakeWorld } from './fake-world.ts';
import type { Trial } from './trial.ts';

/** Runs trials on a real worker against the given server. Make one for a test file. */
export class TrialBench {
  readonly environment: TestWorkflowEnvironment;
  readonly #bundle: WorkflowBundleWithSourceMap;

  private constructor(environment: TestWorkflowEnvironment, bundle: WorkflowBundleWithSourceMap) {
    this.environment = environment;
    this.#bundle = bundle;
  }

  /** `start` gives the server; it is called once the SDK has been told to log errors only. */
  static async open(start: () => Promise<TestWorkflowEnvironment>): Promise<TrialBench> {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
    });
    const workflowsPath = new URL('../../index.ts', import.meta.url).pathname;
    const bundle = await bundleWorkflowCode({
      workflowsPath,
      preloadModules: [workflowsPath],
      logger: QUIET,
    });
    return new TrialBench(await start(), bundle);
  }

  /** Starts a run in this world, hands its handle to `during`, and gives the run's end. */
  async run(
    world: FakeWorld,
    trial: Trial,
    during?: (handle: WorkflowHandle) => Promise<void>,
  ): Promise<CloseRunInput> {
    const runId = randomUUID() as RunId;
    world.runs.set(runId, trial);
    world.client = this.environment.client.workflow;
    const taskQueue = `trial-${runId}`;
    const worker = await Worker.create({
      connection: this.environment.nativeConnection,
      taskQueue,
      workflowBundle: this.#bundle,
      activities: world.activities,
    });
    await worker.runUntil(async () => {
      const { written } = trial;
      const input: RunDefinitionInput = { tenantId: world.tenantId, runId, ...(written ? { written } : {}) };
      const workflowId = temporalWorkflowId(world.tenantId, runId);
      const handle = await this.environment.client.workflow.start('runDefinition', {
        workflowId,
        taskQueue,
        args: [input],
      });
      if (during) await during(handle);
      await handle.result().catch(() => undefined);
    });
    const end = world.closed.get(runId);
    if (!end) throw new Error('the run never ended');
    return end;
  }
}

const silent = () => undefined;
const QUIET = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
