import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { until } from '../../workers/testing/until.ts';
import { suggestingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import { FakeWorld, TrialBench, type Trial } from './testing.ts';

const { EventType } = temporal.api.enums.v1;
type Arrival = keyof typeof EventType;

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(() => suggestingEnvironment(50_000));
}, 120_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const http = (id: string) => step({ id, kind: 'http', with: { url: 'https://example.org/' } });
const seconds = (id: string, time: number) => step({ id, kind: 'wait', with: { seconds: time } });
const event = (id: string) => step({ id, kind: 'wait', with: { event: id } });
const gate = (id: string) => step({ id, kind: 'approval', with: { title: 'Go on?' } });
const sideBySide = (...bodies: Step[][]) =>
  step({ id: 'both', kind: 'parallel', branches: bodies.map((steps, i) => ({ id: `b${i}`, steps })) });

async function typesOf(handle: WorkflowHandle): Promise<Arrival[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).map(({ eventType }) => EventType[eventType ?? 0] as Arrival);
}

/** A world whose database is away until `back` is called. */
function slowWorld(): { world: FakeWorld; asked: Promise<void>; back: () => void } {
  const world = new FakeWorld();
  let back = (): void => undefined;
  let wasAsked = (): void => undefined;
  const isBack = new Promise<void>((resolve) => (back = resolve));
  const asked = new Promise<void>((resolve) => (wasAsked = resolve));
  world.onRecord = () => {
    wasAsked();
    return isBack;
  };
  return { world, asked, back };
}

/**
 * Cases: what arrives while the run waits for the database, longer than a workflow task may take, so that Temporal
 * learns of it in the middle. Each has something to do at once when it is let on.
 */
const CASES: Record<
  string,
  {
    steps: Step[];
    arrives: Arrival;
    cause?: (handle: WorkflowHandle, world: FakeWorld) => Promise<unknown>;
  } & Pick<Trial, 'effect' | 'children'>
> = {
  'the end of a waiting time': {
    steps: [sideBySide([seconds('rest', 1), http('then'), http('last')], [event('other'), http('more')])],
    arrives: 'EVENT_TYPE_TIMER_FIRED',
    cause: async (handle) => handle.signal('event', { id: 'm', name: 'other', payload: 1 }),
  },
  'an event': {
    steps: [sideBySide([event('go'), http('then')], [seconds('rest', 0.1), http('more')])],
    arrives: 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED',
    cause: async (handle) => handle.signal('event', { id: 'm', name: 'go', payload: 1 }),
  },
  'the answer of an effect': {
    steps: [sideBySide([http('call'), http('then')], [seconds('rest', 0.1), event('other'), http('more')])],
    arrives: 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
    cause: async (handle) => handle.signal('event', { id: 'm', name: 'other', payload: 1 }),
  },
  'the failure of an effect that is tried again': {
    steps: [
      sideBySide(
        [step({ ...http('call'), retry: { attempts: 2, firstDelaySeconds: 0.1 } }), http('then')],
        [seconds('rest', 0.1), event('other'), gate('ask')],
      ),
    ],
    arrives: 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
    cause: async (handle) => handle.signal('event', { id: 'm', name: 'other', payload: 1 }),
    effect: ({ stepId, attempt }) =>
      stepId === 'call' && attempt === 1
        ? { error: { code: 'HTTP_STATUS', message: '503', details: null, retryable: true } }
        : { output: { value: 1 } },
  },
  'pause and resume': {
    steps: [sideBySide([seconds('rest', 1), http('then')], [seconds('other', 1), gate('ask')])],
    arrives: 'EVENT_TYPE_TIMER_FIRED',
    cause: async (handle) => {
      await handle.signal('setPaused', { id: 'p', paused: true });
      await handle.signal('setPaused', { id: 'r', paused: false });
    },
  },
  cancel: {
    steps: [
      step({
        id: 'safe',
        kind: 'try',
        steps: [sideBySide([event('never')], [gate('ask')], [seconds('long', 600)])],
        catch: [],
        finally: [http('undo')],
      }),
    ],
    arrives: 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED',
    cause: (handle) => handle.cancel(),
  },
  'a decision': {
    steps: [sideBySide([gate('ask'), http('then')], [seconds('rest', 0.1), gate('next'), http('more')])],
    arrives: 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED',
    cause: async (handle, world) => {
      const { request } = await until('the request', () => [...world.approvals.values()][0]);
      world.decide(request, { role: 'owner' });
      await handle.signal('approvalDecided', { id: 'd', approvalId: request.approvalId });
    },
  },
  'the end of a called run': {
    steps: [
      sideBySide(
        [step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'other', input: 1 } }), http('then')],
        [seconds('rest', 0.1), http('more')],
      ),
    ],
    arrives: 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED',
    children: { other: { flow: 'v1', steps: [] } },
  },
  'a time limit': {
    steps: [
      step({
        ...sideBySide([event('never')], [gate('ask')]),
        timeoutSeconds: 1,
        onError: 'continue',
      }),
      sideBySide([http('then')], [gate('again')]),
    ],
    arrives: 'EVENT_TYPE_TIMER_FIRED',
  },
};

const RUNS = Object.entries(CASES).map(([name, { steps, arrives, cause, ...trial }]) => {
  const { world, asked, back } = slowWorld();
  const decidesItself = name === 'a decision';
  world.onApproval = (request) => {
    if (!decidesItself || request.path.endsWith('next')) world.decide(request, { role: 'owner' });
  };
  const during = async (handle: WorkflowHandle) => {
    await asked;
    await cause?.(handle, world);
    await until(`${name}: ${arrives}, and two tasks after it`, async () => {
      const types = await typesOf(handle);
      const at = types.indexOf(arrives);
      const after = types.slice(at).filter((type) => type === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED');
      return at >= 0 && after.length >= 2;
    });
    back();
  };
  const effect: Trial['effect'] = async (input) => {
    await asked;
    return trial.effect?.(input) ?? { output: { value: 1 } };
  };
  return { world, trial: { steps, ...trial, effect, taskSeconds: 1 }, during };
});

describe('runs whose database is away for longer than a workflow task', () => {
  it('go on after a restart of their worker, whatever arrives meanwhile', async () => {
    const ends = await bench.runTogether(RUNS);
    const names = Object.keys(CASES);
    expect(ends.map(({ status, error }, i) => [names[i], error?.message ?? status])).toEqual(
      names.map((name) => [name, name === 'cancel' ? 'CANCELLED' : 'SUCCEEDED']),
    );
    expect(await bench.replayFaults()).toEqual([]);
  }, 60_000);
});
