import type { CallWorkflowStep } from '../../definitions/nodes/call-workflow.ts';
import { globalId } from '../../ids.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held } from '../model.ts';
import { failedStep, stepError } from '../step-error.ts';

/** Starts another workflow of the tenant as a child and gives its output, or its run's id when it does not wait. */
export async function runCallWorkflow(engine: Engine, step: CallWorkflowStep, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const { workflow, version = null, input = null, wait = true } = step.with;
  const open = openStep(at.node);
  if (!open.childRunId) {
    const held = await engine.evaluator.render(input, at.scope, place);
    // Another attempt is another run: the path of the first names it, the later ones add their number.
    const attempt = at.node.attempts ?? 1;
    const path = attempt === 1 ? at.path : `${at.path}#${attempt}`;
    const child = { path, workflow, version, input: held, depth: engine.run.depth + 1 };
    const created = await engine.working(() => engine.ports.createChildRun(child));
    if ('error' in created) throw failedStep(place, created.error);
    open.childRunId = created.runId;
  }
  const { childRunId } = open;
  const runId = globalId('run', childRunId);
  const outcome = await engine.working(() => engine.ports.runChild(childRunId, wait));
  if (outcome === null) return { value: { runId } };
  if (outcome.status === 'SUCCEEDED') return outcome.output;
  const cause = outcome.status === 'CANCELLED' ? null : { ...outcome.error };
  const why = cause === null ? 'was cancelled' : `failed: ${cause.message}`;
  throw stepError(place, 'CHILD_FAILED', `The called workflow ${workflow} ${why}`, {
    runId,
    status: outcome.status,
    error: cause,
  });
}
