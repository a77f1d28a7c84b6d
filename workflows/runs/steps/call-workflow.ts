import type { CallWorkflowStep } from '../../definitions/nodes/call-workflow.ts';
import { globalId } from '../../ids.ts';
import type { CreatedChild } from '../activities.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held, RunOutcome } from '../model.ts';
import { failedStep, stepError } from '../step-error.ts';

/** Starts another workflow of the tenant as a child and gives its output, or its run's id when it does not wait. */
export async function runCallWorkflow(engine: Engine, step: CallWorkflowStep, at: Position): Promise<Held> {
  const { wait = true } = step.with;
  const waits = wait && engine.ports.changed('child-by-message');
  const child = await childOf(engine, { step, at }, waits);
  const outcome = waits
    ? await awaitMessage(engine, { step, at }, child)
    : await engine.working(() => engine.ports.runChild(child, wait));
  const runId = globalId('run', child.runId);
  if (outcome === null) return { value: { runId } };
  if (outcome.status === 'SUCCEEDED') return outcome.output;
  const cause = outcome.status === 'CANCELLED' ? null : { ...outcome.error };
  const why = cause === null ? 'was cancelled' : `failed: ${cause.message}`;
  throw stepError(
    { stepId: step.id, path: at.path },
    'CHILD_FAILED',
    `The called workflow ${step.with.workflow} ${why}`,
    { runId, status: outcome.status, error: cause },
  );
}

interface Call {
  step: CallWorkflowStep;
  at: Position;
}

async function childOf(engine: Engine, { step, at }: Call, waits: boolean): Promise<CreatedChild> {
  const open = openStep(at.node);
  if (open.childRunId) return { runId: open.childRunId };
  const place = { stepId: step.id, path: at.path };
  const { workflow, version = null, input = null, onCancel = 'cancel' } = step.with;
  const held = await engine.evaluator.render(input, at.scope, place);
  // Another attempt is another run: the path of the first names it, the later ones add their number.
  const attempt = at.node.attempts ?? 1;
  const path = attempt === 1 ? at.path : `${at.path}#${attempt}`;
  const onParentEnd = waits ? onCancel : 'leave';
  const child = { path, workflow, version, input: held, depth: engine.run.depth + 1, waits, onParentEnd };
  const create = () => engine.ports.createChildRun(child);
  // A run that was written is always started, so that it is seen to end.
  const created = await engine.working(() => (waits ? engine.ports.shield(create) : create()));
  if ('error' in created) throw failedStep(place, created.error);
  open.childRunId = created.runId;
  return created;
}

/**
 * Starts the child and waits for the word that it is over, through as many histories as it takes: a run that awaited
 * its child by Temporal could not go on in a new one meanwhile. A child that is cancelled with its caller ends first.
 */
async function awaitMessage(engine: Engine, { step, at }: Call, child: CreatedChild): Promise<RunOutcome> {
  const open = openStep(at.node);
  const childRunId = child.runId;
  if (!open.childStarted) {
    await engine.working(() => engine.ports.shield(() => engine.ports.startChild(child)));
    open.childStarted = true;
  }
  let over = false;
  const heard = () => over || (over = engine.inbox.takeChild(childRunId));
  try {
    for (;;) {
      await engine.working(() => engine.waitUntil(heard, null, at));
      const outcome = await engine.working(() => engine.ports.readChildOutcome(childRunId));
      if (outcome) return outcome;
      over = false;
    }
  } catch (error) {
    if (engine.ports.isCancellation(error) && step.with.onCancel !== 'leave')
      await engine.ports.shield(async () => {
        over = false;
        if (await engine.ports.cancelChild(childRunId))
          await engine.waitUntil(heard, null, { ...at, shielded: true });
      });
    throw error;
  }
}
