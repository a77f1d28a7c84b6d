import { setTimeout as pause } from 'node:timers/promises';
import { uuidOfGlobalId } from '../../workflows/ids.ts';
import { Refusal } from '../testing/graphql.ts';
import type { GoodClient } from './good-client.ts';
import type { Ledger } from './ledger.ts';
import type { FlowName, LedgerRun, Scenario } from './model.ts';
import type { RunWatch } from './watch-runs.ts';

/** What the players of the load share. */
export interface Stage {
  client: GoodClient;
  ledger: Ledger;
  watch: RunWatch;
  /** The id of the workflow of each flow, and the path of the webhook. */
  workflows: Record<FlowName, string>;
  hookPath: string;
  /** Part of all idempotency keys. */
  seed: number;
  /** Ends all waiting. */
  signal: AbortSignal;
}

const START = 'mutation ($input: StartRunInput!) { startRun(input: $input) { id } }';
const SEND = 'mutation ($input: SendEventInput!) { sendEvent(input: $input) { id } }';
const CANCEL = 'mutation ($input: CancelRunInput!) { cancelRun(input: $input) { id } }';
const PAUSE = 'mutation ($input: RunControlInput!) { pauseRun(input: $input) { id } }';
const RESUME = 'mutation ($input: RunControlInput!) { resumeRun(input: $input) { id } }';

/** How long it is waited until a run waits, in milliseconds: on a busy machine there is a queue before it. */
const UNTIL_WAITING = 900_000;
const LOOK_MS = 200;
const ASK_MS = 1_000;
const STEPS = 'query ($id: ID!) { run(id: $id) { steps { path status } } }';

/**
 * Starts the run of a scenario and does what people do with it. Resolves when all of that was acknowledged; the run may
 * still go on then. Never throws: what went wrong stands in the ledger.
 */
export async function playScenario(stage: Stage, scenario: Scenario): Promise<void> {
  const run = stage.ledger.open(scenario);
  try {
    const runId = await start(stage, scenario);
    stage.ledger.started(run, runId);
    await act(stage, run, runId);
  } catch (error) {
    run.problem = String(error);
  }
}

async function start({ client, seed, workflows, hookPath }: Stage, scenario: Scenario): Promise<string> {
  const { number: n, flow } = scenario;
  const key = `chaos-${seed}-${n}`;
  if (flow === 'hook') return client.callHook(hookPath, key, { n });
  const input = { workflowId: workflows[flow], input: { n }, idempotencyKey: key };
  return (await client.ask<{ startRun: { id: string } }>('operator', START, { input })).startRun.id;
}

async function act(stage: Stage, run: LedgerRun, runId: string): Promise<void> {
  switch (run.scenario.flow) {
    case 'event':
      return sendGo(stage, run, runId);
    case 'pause':
      return pauseAndResume(stage, run, runId);
    case 'cancel':
      return cancel(stage, run, runId);
    default:
      // Approvals are decided from the inbox (`decide-approvals.ts`); the others need nobody.
      return;
  }
}

async function sendGo({ client, ledger, seed }: Stage, run: LedgerRun, runId: string): Promise<void> {
  const { number: n, odd, delayMs } = run.scenario;
  // One that is sent at once may come before the run has begun.
  if (!odd) await pause(delayMs);
  const input = { runId, name: 'go', payload: { n }, idempotencyKey: `chaos-${seed}-${n}-go` };
  await ledger.change(run, { kind: 'sendEvent', target: 'go' }, () =>
    client.ask('operator', SEND, { input }),
  );
}

async function pauseAndResume(
  { client, ledger, ...eyes }: Stage,
  run: LedgerRun,
  runId: string,
): Promise<void> {
  const { odd, delayMs } = run.scenario;
  if (!odd) await untilStatus(eyes, runId, 'WAITING');
  const input = { runId };
  try {
    await ledger.change(run, { kind: 'pause', target: runId }, () =>
      client.ask('operator', PAUSE, { input }),
    );
    await pause(delayMs);
    await ledger.change(run, { kind: 'resume', target: runId }, () =>
      client.ask('operator', RESUME, { input }),
    );
  } catch (error) {
    // It was over before: then there is nothing to hold.
    if (!(error instanceof Refusal && error.reason === 'run_finished')) throw error;
  }
}

async function cancel({ client, ledger, signal }: Stage, run: LedgerRun, runId: string): Promise<void> {
  if (!run.scenario.odd) await untilStepWaits({ client, signal }, runId, 'hold/never');
  const input = { runId, reason: 'Chaos' };
  try {
    await ledger.change(run, { kind: 'cancel', target: runId }, () =>
      client.ask('operator', CANCEL, { input }),
    );
  } catch (error) {
    // Asked a second time, after an answer that was lost, it may be over already. How it ended is looked at later.
    if (!(error instanceof Refusal && error.reason === 'run_finished')) throw error;
  }
}

/** Waits until the run has this status, or is over. Throws when neither comes for a quarter of an hour. */
async function untilStatus(
  { watch, signal }: Pick<Stage, 'watch' | 'signal'>,
  runId: string,
  status: string,
): Promise<void> {
  const uuid = uuidOfGlobalId('run', runId) ?? '';
  const since = Date.now();
  while (Date.now() - since < UNTIL_WAITING && !signal.aborted) {
    const now = watch.open.get(uuid);
    if (now === status || (now === undefined && watch.lookedAt > since)) return;
    await pause(LOOK_MS);
  }
  throw new Error(`The run did not become ${status}`);
}

/** Waits until the API shows that this step waits. Throws when it does not for a quarter of an hour. */
async function untilStepWaits(
  { client, signal }: Pick<Stage, 'client' | 'signal'>,
  id: string,
  path: string,
): Promise<void> {
  const since = Date.now();
  while (Date.now() - since < UNTIL_WAITING && !signal.aborted) {
    const { run } = await client.ask<{ run: { steps: { path: string; status: string }[] } }>(
      'operator',
      STEPS,
      { id },
    );
    if (run.steps.some((step) => step.path === path && step.status === 'WAITING')) return;
    await pause(ASK_MS);
  }
  throw new Error(`The step ${path} did not wait`);
}
