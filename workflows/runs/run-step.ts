import type { Step, StepKind } from '../definitions/model.ts';
import type { Engine, Position, RunSteps } from './engine.ts';
import { childNode, finishNode, openStep, resetNode } from './journal.ts';
import type { FinishedStep, Held, JournalNode } from './model.ts';
import { retryDelay, shouldRetry } from './retry.ts';
import { ContinueInNewHistory, StepError, TestEnded } from './step-error.ts';
import { STEP_RUNNERS } from './steps/index.ts';
import { runTested } from './steps/tested.ts';
import { withinTimeLimit } from './time-limit.ts';

const NOTHING: Held = { value: null };

/** Runs steps one after another. Gives the output of the last one that ran, or null. */
export const runSteps: RunSteps = async (engine, steps, at) => {
  let last: Held = NOTHING;
  for (const step of steps) {
    const finished = await runStep(engine, step, at);
    if (!finished.skipped) last = finished.output;
  }
  return last;
};

async function runStep(engine: Engine, step: Step, body: Position): Promise<FinishedStep> {
  const node = childNode(body.node, step.id);
  if (!node.done) {
    // One that was begun, in an earlier history or before a cancellation, is entered in any case, for its clean-up.
    if (!node.open) await engine.gate(body);
    const path = body.path === '' ? step.id : `${body.path}/${step.id}`;
    const again = body.again || step.retry !== undefined;
    // Attempts of an earlier time, when what holds the step was tried before, take none of its own away.
    const before = body.node.from ?? 0;
    const finished = await attemptUntilDone(engine, { step, before }, { ...body, path, node, again });
    finishNode(node, finished, body.again);
  }
  const finished = node.done as FinishedStep;
  body.scope.set(
    step.id,
    finished.error ? { output: finished.output, error: finished.error } : { output: finished.output },
  );
  if (finished.granted) body.scope.grant(finished.granted);
  engine.test?.finished(step, finished);
  return finished;
}

async function attemptUntilDone(
  engine: Engine,
  { step, before }: { step: Step; before: number },
  at: Position,
): Promise<FinishedStep> {
  for (;;) {
    await waitOutBackOff(engine, step, at);
    const attempt = beginAttempt(at.node) - before;
    try {
      if (await isSkipped(engine, step, at)) {
        engine.record(step, at, { kind: 'SKIPPED' });
        return { output: NOTHING, skipped: true };
      }
      engine.record(step, at, { kind: 'STARTED' });
      const output = await withinTimeLimit(engine, { step, at }, () =>
        runTested(engine, { step, at }, (from) => runKind(engine, step, from)),
      );
      engine.record(step, at, { kind: 'SUCCEEDED', output });
      const { granted } = openStep(at.node);
      return granted ? { output, granted } : { output };
    } catch (error) {
      if (error instanceof ContinueInNewHistory) throw error;
      if (engine.ports.isCancellation(error) || error instanceof TestEnded)
        engine.record(step, at, { kind: 'CANCELLED' });
      if (!(error instanceof StepError)) throw error;
      if (!engine.test?.pinOf(step) && shouldRetry(step, error, attempt)) {
        const until = engine.ports.now() + retryDelay(step.retry, attempt);
        openStep(at.node).backOffUntil = until;
        engine.record(step, at, { kind: 'RETRYING', error: error.error, until });
        continue;
      }
      engine.record(step, at, { kind: 'FAILED', error: error.error });
      if (step.onError === 'continue') return { output: NOTHING, error: error.error };
      throw error;
    }
  }
}

// An open step is one that a new history found unfinished: its attempt goes on.
function beginAttempt(node: JournalNode): number {
  if (!node.open) {
    node.attempts = (node.attempts ?? 0) + 1;
    node.open = {};
  }
  return node.attempts ?? 1;
}

// The next attempt starts from nothing but the count of attempts.
async function waitOutBackOff(engine: Engine, step: Step, at: Position): Promise<void> {
  const until = at.node.open?.backOffUntil;
  if (until === undefined) return;
  try {
    await engine.waiting(() => engine.waitUntil(() => false, until, at));
  } catch (error) {
    if (engine.ports.isCancellation(error)) engine.record(step, at, { kind: 'CANCELLED' });
    throw error;
  }
  resetNode(at.node);
}

async function isSkipped(engine: Engine, step: Step, at: Position): Promise<boolean> {
  if (step.when === undefined || Object.keys(openStep(at.node)).length > 0 || at.node.children) return false;
  return !(await engine.evaluator.isTrue(step.when, at.scope, { stepId: step.id, path: at.path }));
}

function runKind<Kind extends StepKind>(
  engine: Engine,
  step: Step & { kind: Kind },
  at: Position,
): Promise<Held> {
  // Sound by the registry's type: the runner of a kind takes the step of that kind.
  const run = STEP_RUNNERS[step.kind] as (engine: Engine, step: Step, at: Position) => Promise<Held>;
  return run(engine, step, at);
}
