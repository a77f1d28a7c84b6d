import type { WaitStep } from '../../definitions/nodes/wait.ts';
import { MAX_SECONDS } from '../../definitions/step-fields.ts';
import type { Json } from '../../json.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held } from '../model.ts';
import { stepError, type Place } from '../step-error.ts';
import { asNumber, asText } from './as-text.ts';

/** Waits for a time, or for a named event and gives its payload. An event that came early counts. */
export async function runWait(engine: Engine, step: WaitStep, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const spec = step.with;
  const open = openStep(at.node);
  if ('event' in spec) return waitForEvent(engine, step, at);
  open.until ??=
    'seconds' in spec
      ? await secondsAhead(engine, spec.seconds, at, place)
      : await timeOf(engine, spec.until, at, place);
  const { until } = open;
  if (until > engine.ports.now()) {
    recordWait(engine, step, at, { until, waitingFor: 'time' });
    await engine.waiting(() => engine.waitUntil(() => false, until, at));
  }
  return { value: null };
}

async function waitForEvent(engine: Engine, step: WaitStep, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const spec = step.with as Extract<WaitStep['with'], { event: string }>;
  const name = asText(await engine.evaluator.value(spec.event, at.scope, place));
  const open = openStep(at.node);
  if (spec.timeoutSeconds !== undefined)
    open.until ??= await secondsAhead(engine, spec.timeoutSeconds, at, place);
  const deadline = open.until ?? null;
  let event = engine.inbox.takeEvent(name);
  if (!event) {
    recordWait(engine, step, at, {
      ...(deadline === null ? {} : { until: deadline }),
      waitingFor: `event ${name}`,
    });
    await engine.waiting(() =>
      engine.waitUntil(
        () => event !== undefined || (event = engine.inbox.takeEvent(name)) !== undefined,
        deadline,
        at,
      ),
    );
  }
  if (event) return engine.evaluator.hold((event as { payload: Json }).payload, place);
  throw stepError(place, 'WAIT_TIMED_OUT', `The event ${name} did not come in time.`, { event: name });
}

function recordWait(
  engine: Engine,
  step: WaitStep,
  at: Position,
  more: { until?: number; waitingFor: string },
): void {
  const attempt = at.node.attempts ?? 1;
  engine.recorder.add({
    path: at.path,
    stepId: step.id,
    stepKind: 'wait',
    attempt,
    kind: 'WAITING',
    ...more,
  });
}

async function secondsAhead(engine: Engine, template: Json, at: Position, place: Place): Promise<number> {
  const seconds = asNumber(await engine.evaluator.value(template, at.scope, place), 'seconds', place);
  if (seconds >= 0 && seconds <= MAX_SECONDS) return engine.ports.now() + seconds * 1000;
  throw stepError(
    place,
    'EXPRESSION_FAILED',
    `A wait takes 0 to ${MAX_SECONDS} seconds; this is ${seconds}.`,
    { field: 'seconds' },
  );
}

async function timeOf(engine: Engine, template: string, at: Position, place: Place): Promise<number> {
  const text = asText(await engine.evaluator.value(template, at.scope, place));
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw stepError(
      place,
      'EXPRESSION_FAILED',
      `until must be a time such as 2030-01-31T09:00:00Z; it is "${text}".`,
      { field: 'until' },
    );
  if (time - engine.ports.now() > MAX_SECONDS * 1000)
    throw stepError(place, 'LIMIT_REACHED', 'until may be 366 days ahead at most.', { until: text });
  return time;
}
