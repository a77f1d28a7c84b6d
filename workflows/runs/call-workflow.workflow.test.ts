import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Flow, Step } from '../definitions/model.ts';
import { temporalWorkflowId, type RunId } from '../ids.ts';
import { FakeWorld, TrialBench } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const transform = (id: string, value: unknown) => step({ id, kind: 'transform', with: { value } });
const wait = (id: string) => step({ id, kind: 'wait', with: { event: id } });
const call = (more: object = {}, fields: object = {}) =>
  step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'child', ...more }, ...fields });
const slow: Flow = {
  flow: 'v1',
  steps: [
    step({
      id: 'held',
      kind: 'try',
      steps: [wait('go'), transform('done', 'by itself')],
      finally: [step({ id: 'rest', kind: 'wait', with: { seconds: 5 } }), transform('tidy', 1)],
    }),
  ],
};

/** Resolves when a run has recorded this, such as `gate WAITING`. */
async function recorded(world: FakeWorld, line: string): Promise<void> {
  while (!world.history().includes(line)) await new Promise((resolve) => setImmediate(resolve));
}
const childOf = (world: FakeWorld): RunId => [...world.runs.keys()][1] as RunId;
const handleOf = (world: FakeWorld, runId: RunId) =>
  bench.environment.client.workflow.getHandle(temporalWorkflowId(world.tenantId, runId));
const go = (handle: WorkflowHandle) => handle.signal('event', { id: 'go', name: 'go', payload: null });

describe('a run that waits for one that it called', () => {
  it('gives its output, and keeps no word of it', async () => {
    const world = new FakeWorld();
    const child: Flow = { flow: 'v1', steps: [transform('twice', '{{ input.n * 2 }}')] };
    const steps = [call({ input: { n: 21 } }), transform('plus', '{{ steps.call.output + 1 }}')];
    const end = await bench.run(world, { steps, children: { child } });
    expect(end.output).toEqual({ value: 43 });
    expect(world.callers.size).toBe(1);
  });

  it.each<[string, Flow, object]>([
    [
      'failed',
      { flow: 'v1', steps: [step({ id: 'stop', kind: 'fail', with: { message: 'inside' } })] },
      { status: 'FAILED', error: { code: 'FAILED', message: 'inside', path: 'stop' } },
    ],
    [
      'ran out of time',
      { flow: 'v1', limits: { timeoutSeconds: 60 }, steps: [wait('never')] },
      { status: 'TIMED_OUT', error: { code: 'RUN_TIMED_OUT' } },
    ],
  ])('fails with the reason when that one %s', async (_, child, details) => {
    const world = new FakeWorld();
    const end = await bench.run(world, { steps: [call()], children: { child } });
    expect(end.error).toMatchObject({ code: 'CHILD_FAILED', path: 'call', details });
  });

  it('fails when that one is cancelled by itself', async () => {
    const world = new FakeWorld();
    const end = await bench.run(world, { steps: [call()], children: { child: slow } }, async () => {
      await recorded(world, 'held/go WAITING');
      await handleOf(world, childOf(world)).cancel();
    });
    expect(end.error).toMatchObject({ code: 'CHILD_FAILED', details: { status: 'CANCELLED' } });
  });

  it('calls again with a run of its own when it is told to try again', async () => {
    const world = new FakeWorld();
    const child: Flow = { flow: 'v1', steps: [step({ id: 'stop', kind: 'fail', with: { message: 'no' } })] };
    const steps = [call({}, { retry: { attempts: 3 } })];
    const end = await bench.run(world, { steps, children: { child } });
    expect([end.error?.code, world.runs.size]).toEqual(['CHILD_FAILED', 4]);
  });
});

describe('the called run of one that is cancelled', () => {
  it('is cancelled first, with its clean-up, and the caller ends after it', async () => {
    const world = new FakeWorld();
    const end = await bench.run(world, { steps: [call()], children: { child: slow } }, async (handle) => {
      await recorded(world, 'held/go WAITING');
      await handle.cancel();
    });
    expect(end.status).toBe('CANCELLED');
    expect([...world.closed.keys()]).toEqual([childOf(world), end.runId]);
    expect(world.history()).toContain('held/tidy SUCCEEDED');
  });

  it('is cancelled too when only the scope of the call ends, by its time limit', async () => {
    const world = new FakeWorld();
    const steps = [
      call({}, { timeoutSeconds: 60, onError: 'continue' }),
      transform('on', '{{ steps.call.error.code }}'),
    ];
    const end = await bench.run(world, { steps, children: { child: slow } });
    expect(end.output).toEqual({ value: 'STEP_TIMED_OUT' });
    expect(world.closed.get(childOf(world))?.status).toBe('CANCELLED');
  });

  it('goes on when the call says so', async () => {
    const world = new FakeWorld();
    const steps = [call({ onCancel: 'leave' })];
    const end = await bench.run(world, { steps, children: { child: slow } }, async (handle) => {
      await recorded(world, 'held/go WAITING');
      await handle.cancel();
      // Awaiting the result here would skip the time until the child is ended by Temporal.
      while (world.closed.size === 0) await new Promise((resolve) => setImmediate(resolve));
      const left = handleOf(world, childOf(world));
      await go(left);
      await left.result();
    });
    expect(end.status).toBe('CANCELLED');
    expect(world.closed.get(childOf(world))).toMatchObject({
      status: 'SUCCEEDED',
      output: { value: 'by itself' },
    });
  });

  it('goes on for Temporal when its caller is terminated: the platform decides about it', async () => {
    const world = new FakeWorld();
    const ended = bench.run(world, { steps: [call()], children: { child: slow } }, async (handle) => {
      await recorded(world, 'held/go WAITING');
      await handle.terminate();
      const left = handleOf(world, childOf(world));
      await go(left);
      await left.result();
    });
    await expect(ended).rejects.toThrow('the run never ended');
    expect(world.closed.get(childOf(world))?.status).toBe('SUCCEEDED');
  });
});
