import type { WaitStep } from '../../definitions/nodes/wait.ts';
import { MAX_SECONDS } from '../../definitions/step-fields.ts';
import type { Json } from '../../json.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held } from '../model.ts';
import { placeAt, stepError } from '../step-error.ts';
import { asNumber, asText } from './as-text.ts';

/** Waits for a time, or for a named event and gives its payload. An event that came early counts. */
export async function runWait(engine: Engine, step: WaitStep, at: Position): Promise<Held> {
  const spec = step.with;
  const open = openStep(at.node);
  if ('event' in spec) return waitForEvent(engine, step, at);
  open.until ??=
    'seconds' in spec ? await secondsAhead(engine, at, spec.seconds) : await timeOf(engine, at, spec.until);
  const { until } = open;
  if (until > engine.ports.now()) {
    engine.record(step, at, { kind: 'WAITING', until, waitingFor: 'time' });
    await engine.waiting(() => engine.waitUntil(() => false, until, at));
  }
  return { value: null };
}

async function waitForEvent(engine: Engine, step: WaitStep, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const spec = step.with as Extract<WaitStep['with'], { event: string }>;
  const name = asText(await engine.evaluator.value(spec.event, at.scope, place));
  const open = openStep(at.node);
  if (spec.timeoutSeconds !== undefined) open.until ??= await secondsAhead(engine, at, spec.timeoutSeconds);
  const deadline = open.until ?? null;
  let event = engine.inbox.takeEvent(name);
  if (!event) {
    engine.record(step, at, {
      kind: 'WAITING',
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
  if (event) return 'stored' in event ? event.stored : engine.evaluator.hold(event.payload, place);
  throw stepError(place, 'WAIT_TIMED_OUT', `The event ${name} did not come in time.`, { event: name });
}

async function secondsAhead(engine: Engine, at: Position, template: Json): Promise<number> {
  const place = placeAt(at.path);
  const seconds = asNumber(await engine.evaluator.value(template, at.scope, place), 'seconds', place);
  if (seconds >= 0 && seconds <= MAX_SECONDS) return engine.ports.now() + seconds * 1000;
  throw stepError(
    place,
    'EXPRESSION_FAILED',
    `A wait takes 0 to ${MAX_SECONDS} seconds; this is ${seconds}.`,
    { field: 'seconds' },
  );
}

async function timeOf(engine: Engine, at: Position, template: string): Promise<number> {
  const place = placeAt(at.path);
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
