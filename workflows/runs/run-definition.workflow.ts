import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  continueAsNew,
  setHandler,
  TemporalFailure,
} from '@temporalio/workflow';
import type { Controls, Engine } from './engine.ts';
import { Inbox } from './inbox.ts';
import { openInTurn, type Entry, type Place } from './admission.ts';
import { admitted, approvalDecided, childEnded, event, setPaused, state } from './messages.ts';
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
  written,
  carry: carried,
}: RunDefinitionInput): Promise<RunOutcome> {
  const key = { tenantId, runId };
  const carry = carried ?? newCarry();
  const inbox = new Inbox(carry);
  const controls = { paused: carry.paused };
  const place = { admitted: false };
  listen({ carry, inbox, controls, place });
  const ports = temporalPorts(key);
  if (carry.cancelled) CancellationScope.current().cancel();

  const graph = await closingOnLoss(ports, async () => {
    const begunAt = written && !carried ? new Date(ports.now()).toISOString() : null;
    const entry: Entry =
      written && begunAt !== null
        ? { entry: 'open', opened: { ...written, startedAt: begunAt } }
        : await openInTurn(ports, place);
    if (entry.entry === 'ended') return { end: 'early' as const, ...entry.end };
    const seed = entry.entry === 'open' ? entry.opened.seed : entry.seed;
    if (!carried && seed) Object.assign(carry, seed);
    if (entry.entry === 'continue') {
      await ports.shield(() => inbox.lighten(ports));
      return { end: 'continue' as const, carry: { ...carry, paused: controls.paused, ...inbox.carry() } };
    }
    const { opened } = entry;
    return runGraph(ports, opened, { key, carry, inbox, controls, begunAt });
  });
  if (graph.end === 'continue') {
    // One that came too late for this history would be lost.
    const cancelled = CancellationScope.current().consideredCancelled ? { cancelled: true as const } : {};
    return continueAsNew<typeof runDefinition>({ ...key, carry: { ...graph.carry, ...cancelled } });
  }

  if (graph.end === 'before') return reported(graph.outcome);
  if (graph.end === 'early') return endEarly(ports, graph);

  const before = await CancellationScope.nonCancellable(() => close(ports, graph.outcome, graph.engine));
  return reported(before ?? graph.outcome);
}

// Handlers only note what came: no command, no timer, no look at the state of the run, so that they may be called
// before the run has begun and again on a replay.
function listen({
  carry,
  inbox,
  controls,
  place,
}: {
  carry: RunCarry;
  inbox: Inbox;
  controls: Controls;
  place: Place;
}): void {
  setHandler(approvalDecided, ({ id, approvalId }) => inbox.add({ type: 'approval', id, approvalId }));
  setHandler(event, ({ id, name, payload }) => inbox.add({ type: 'event', id, name, payload }));
  setHandler(childEnded, ({ id, childRunId }) => inbox.add({ type: 'child', id, childRunId }));
  setHandler(setPaused, ({ id, paused }) => {
    if (inbox.isNew(id)) controls.paused = paused;
  });
  setHandler(admitted, ({ id }) => {
    if (inbox.isNew(id)) place.admitted = true;
  });
  setHandler(state, () => ({ journal: carry.journal, paused: controls.paused }));
}

// Temporal may give the last task of a run again, when something came in at its end: the run ends as it had ended.
async function close(ports: TemporalPorts, outcome: RunOutcome, engine: Engine): Promise<RunOutcome | null> {
  const { events } = await engine.recorder.close();
  const { begunAt } = engine.recorder;
  const output = outcome.status === 'SUCCEEDED' ? outcome.output : null;
  const error = 'error' in outcome ? outcome.error : null;
  const end = { status: outcome.status, output, error, response: engine.response, events };
  return ports.closeRun(begunAt === null ? end : { ...end, begunAt });
}

// No step has begun: there is nothing to clean up.
async function endEarly(
  ports: TemporalPorts,
  { status, error }: { status: 'FAILED' | 'CANCELLED'; error: RunError | null },
): Promise<never> {
  await CancellationScope.nonCancellable(() =>
    ports.closeRun({ status, output: null, error, response: null, events: [] }),
  );
  if (status === 'FAILED' && error) throw failureOf(error);
  throw new CancelledFailure('The run was cancelled before it began');
}

// An activity that can never work (the definition's row was changed, a stored value is gone) ends the run as failed;
// left alone, Temporal would show it as failed and we as running.
async function closingOnLoss<T>(ports: TemporalPorts, work: () => Promise<T>): Promise<T | EndedBefore> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    const outcome = outcomeWritten(error);
    if (outcome) return { end: 'before', outcome };
    const code = error instanceof ApplicationFailure && error.type ? error.type : 'FAILED';
    const lost = { code, message: error.message, stepId: null, path: null, details: null };
    await CancellationScope.nonCancellable(() =>
      ports.closeRun({ status: 'FAILED', output: null, error: lost, response: null, events: [] }),
    );
    throw failureOf(lost);
  }
}

/** A run whose row says already how it ended. */
interface EndedBefore {
  end: 'before';
  outcome: RunOutcome;
}

function outcomeWritten(error: TemporalFailure): RunOutcome | null {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'RUN_CLOSED') return null;
  return (cause.details?.[0] as RunOutcome | undefined) ?? null;
}

function reported(outcome: RunOutcome): RunOutcome {
  if (outcome.status === 'SUCCEEDED') return outcome;
  if (outcome.status === 'CANCELLED') throw new CancelledFailure('The run was cancelled');
  throw failureOf(outcome.error);
}

function failureOf(error: RunError): ApplicationFailure {
  return ApplicationFailure.nonRetryable(error.message, error.code, error);
}
