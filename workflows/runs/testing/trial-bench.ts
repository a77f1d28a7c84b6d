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
import { temporalWorkflowId, type RunId, type TenantId } from '../../ids.ts';
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
  async run(world: FakeWorld, trial: Trial, during?: During): Promise<CloseRunInput> {
    const [end] = await this.runTogether([{ world, trial, during }]);
    return end as CloseRunInput;
  }

  /**
   * Runs trials of several worlds at once, all on one worker. Gives their ends in the same order. A server that skips
   * time does not do for this: it may skip some for one run in the middle of another one's work.
   */
  async runTogether(trials: WorldTrial[]): Promise<CloseRunInput[]> {
    const taskQueue = `trial-${randomUUID()}`;
    const worker = await Worker.create({
      connection: this.environment.nativeConnection,
      taskQueue,
      workflowBundle: this.#bundle,
      activities: activitiesOf(trials.map(({ world }) => world)),
      // As in production: all runs of a worker share one V8 context.
      reuseV8Context: true,
    });
    return worker.runUntil(Promise.all(trials.map((one) => this.#runOne(taskQueue, one))));
  }

  /**
   * Runs the workflow code again over the history of every run that the server knows: what went wrong, with the history
   * in front. Empty when each could go on after a restart of its worker.
   */
  async replayFaults(): Promise<string[]> {
    const found: string[] = [];
    const histories = this.environment.client.workflow.list().intoHistories();
    const replays = Worker.runReplayHistories({ workflowBundle: this.#bundle }, histories);
    for await (const { workflowId, runId, error } of replays)
      if (error) found.push(`${workflowId} ${runId}: ${error.message}`);
    return found;
  }

  async #runOne(taskQueue: string, { world, trial, during }: WorldTrial): Promise<CloseRunInput> {
    const runId = randomUUID() as RunId;
    world.runs.set(runId, trial);
    world.client = this.environment.client.workflow;
    const { written, taskSeconds } = trial;
    const input: RunDefinitionInput = { tenantId: world.tenantId, runId, ...(written ? { written } : {}) };
    const workflowId = temporalWorkflowId(world.tenantId, runId);
    const handle = await this.environment.client.workflow.start('runDefinition', {
      workflowId,
      taskQueue,
      args: [input],
      ...(taskSeconds === undefined ? {} : { workflowTaskTimeout: `${taskSeconds}s` }),
    });
    if (during) await during(handle);
    await handle.result().catch(() => undefined);
    const end = world.closed.get(runId);
    if (!end) throw new Error('the run never ended');
    return end;
  }
}

type During = (handle: WorkflowHandle) => Promise<void>;

/** A trial and the world that it runs in. */
export interface WorldTrial {
  world: FakeWorld;
  trial: Trial;
  during?: During | undefined;
}

/** The activities of several worlds as those of one worker: the tenant tells whose is meant. */
function activitiesOf(worlds: FakeWorld[]): FakeWorld['activities'] {
  type AnyInput = { tenantId: TenantId } | { request: { tenantId: TenantId } };
  type AnyActivity = (input: AnyInput) => Promise<unknown>;
  const byTenant = new Map(worlds.map((world) => [world.tenantId, world]));
  const names = Object.keys(worlds[0]?.activities ?? {});
  const all = names.map((name): [string, AnyActivity] => [
    name,
    async (input) => {
      const world = byTenant.get('request' in input ? input.request.tenantId : input.tenantId);
      if (!world) throw new Error('no such tenant');
      return (world.activities as unknown as Record<string, AnyActivity>)[name]?.(input);
    },
  ]);
  return Object.fromEntries(all) as unknown as FakeWorld['activities'];
}

const silent = () => undefined;
const QUIET = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
