import type { EffectKind, StepByKind } from '../../definitions/model.ts';
import { definitionJson } from '../../json.ts';
import { globalId } from '../../ids.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held } from '../model.ts';
import { failedStep } from '../step-error.ts';
import { passActionGate } from './approval.ts';

/** An effect without a time limit of its own is given this many seconds. */
const DEFAULT_TIMEOUT_SECONDS = 60;

/**
 * Does one attempt of an effect in an activity. An action whose class demands a person, and that no approval given
 * earlier covers, asks for one first; one that comes too early for the rate limit of its connection waits.
 */
export async function runEffect(engine: Engine, step: StepByKind[EffectKind], at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const prepared = await engine.evaluator.prepare(definitionJson(step.with), at.scope, place);
  const attempt = at.node.attempts ?? 1;
  if (!('scope' in prepared)) engine.record(step, at, { kind: 'STARTED', input: prepared.with });
  await passActionGate(engine, step, at);
  const open = openStep(at.node);
  for (;;) {
    if (open.pace) await waitForSlot(engine, step, at);
    const outcome = await engine.effect({
      kind: step.kind,
      stepId: step.id,
      path: at.path,
      attempt,
      idempotencyKey: `${globalId('run', engine.key.runId)}/${at.path}`,
      timeoutSeconds: step.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      ...(open.pace ? { reserved: true } : {}),
      ...prepared,
    });
    if ('error' in outcome) throw failedStep(place, outcome.error);
    if ('output' in outcome) return outcome.output;
    const { notBefore, connection } = outcome;
    open.pace = { notBefore, connection };
  }
}

// The slot is the attempt's own, wherever the run goes on meanwhile; no worker is kept busy by the wait.
async function waitForSlot(engine: Engine, step: StepByKind[EffectKind], at: Position): Promise<void> {
  const { pace } = openStep(at.node);
  if (!pace || pace.notBefore <= engine.ports.now()) return;
  const waitingFor = `rate limit of connection ${pace.connection}`;
  engine.record(step, at, { kind: 'WAITING', until: pace.notBefore, waitingFor });
  await engine.waiting(() => engine.waitUntil(() => false, pace.notBefore, at));
}
