import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  continueAsNew,
  setHandler,
  TemporalFailure,
} from '@temporalio/workflow';
import type { Controls, Engine } from './engine.ts';
import { Inbox } from './inbox.ts';
import { approvalDecided, event, setPaused, state } from './messages.ts';
import type { RunCarry, RunDefinitionInput, RunError, RunOutcome } from './model.ts';
import { newCarry, runGraph } from './run-graph.ts';
import { temporalPorts, type TemporalPorts } from './temporal-ports.ts';

/**
 * Runs one version of a workflow from its first step to its end. Gives the outcome of a run that succeeded; a run that
 * failed or was cancelled ends as such for Temporal too, after its end is written down.
 */
export async function runDefinition({
  tenantId,
  runId,
  carry: carried,
}: RunDefinitionInput): Promise<RunOutcome> {
  const key = { tenantId, runId };
  const carry = carried ?? newCarry();
  const inbox = new Inbox(carry);
  const controls = { paused: carry.paused };
  listen({ carry, inbox, controls });
  const ports = temporalPorts(key);

  const graph = await closingOnLoss(ports, async () => {
    const opened = await CancellationScope.nonCancellable(() => ports.openRun());
    if (!carried && opened.seed) Object.assign(carry, opened.seed);
    return runGraph(ports, opened, { key, carry, inbox, controls });
  });
  if (graph.end === 'continue') return continueAsNew<typeof runDefinition>({ ...key, carry: graph.carry });

  await CancellationScope.nonCancellable(() => close(ports, graph.outcome, graph.engine));
  return reported(graph.outcome);
}

// Handlers only note what came: no command, no timer, no look at the state of the run, so that they may be called
// before the run has begun and again on a replay.
function listen({ carry, inbox, controls }: { carry: RunCarry; inbox: Inbox; controls: Controls }): void {
  setHandler(approvalDecided, ({ id, approvalId }) => inbox.add({ type: 'approval', id, approvalId }));
  setHandler(event, ({ id, name, payload }) => inbox.add({ type: 'event', id, name, payload }));
  setHandler(setPaused, ({ id, paused }) => {
    if (inbox.isNew(id)) controls.paused = paused;
  });
  setHandler(state, () => ({ journal: carry.journal, paused: controls.paused }));
}

async function close(ports: TemporalPorts, outcome: RunOutcome, engine: Engine): Promise<void> {
  const { events } = await engine.recorder.close();
  const output = outcome.status === 'SUCCEEDED' ? outcome.output : null;
  const error = 'error' in outcome ? outcome.error : null;
  await ports.closeRun({ status: outcome.status, output, error, response: engine.response, events });
}

// An activity that can never work (the definition's row was changed, a stored value is gone) ends the run as failed;
// left alone, Temporal would show it as failed and we as running.
async function closingOnLoss<T>(ports: TemporalPorts, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    const code = error instanceof ApplicationFailure && error.type ? error.type : 'FAILED';
    const lost = { code, message: error.message, stepId: null, path: null, details: null };
    await CancellationScope.nonCancellable(() =>
      ports.closeRun({ status: 'FAILED', output: null, error: lost, response: null, events: [] }),
    );
    throw failureOf(lost);
  }
}

function reported(outcome: RunOutcome): RunOutcome {
  if (outcome.status === 'SUCCEEDED') return outcome;
  if (outcome.status === 'CANCELLED') throw new CancelledFailure('The run was cancelled');
  throw failureOf(outcome.error);
}

function failureOf(error: RunError): ApplicationFailure {
  return ApplicationFailure.nonRetryable(error.message, error.code, error);
}
