import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import { FakeWorld, TrialBench } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const event = (id: string) => step({ id, kind: 'wait', with: { event: id } });
const http = (id: string) => step({ id, kind: 'http', with: { url: 'https://example.org/' } });

/** Resolves when the run has recorded this, such as `gate WAITING`. */
async function recorded(world: FakeWorld, line: string): Promise<void> {
  while (!world.history().includes(line)) await new Promise((resolve) => setImmediate(resolve));
}

describe('cancel', () => {
  it('ends the run as CANCELLED after its clean-up, with every open step CANCELLED', async () => {
    const world = new FakeWorld();
    const steps = [
      step({
        id: 'safe',
        kind: 'try',
        steps: [event('never')],
        catch: [http('not-for-cancel')],
        finally: [step({ id: 'pause', kind: 'wait', with: { seconds: 30 } }), http('undo')],
      }),
      http('after'),
    ];
    const end = await bench.run(world, { steps }, async (handle) => {
      await recorded(world, 'safe/never WAITING');
      await handle.cancel();
    });
    expect(end).toMatchObject({ status: 'CANCELLED', output: null, error: null });
    expect(world.effects.map((effect) => effect.path)).toEqual(['safe/undo']);
    expect(world.history()).toEqual(expect.arrayContaining(['safe/never CANCELLED', 'safe CANCELLED']));
  });

  it('shows a step that waits for its next attempt as CANCELLED', async () => {
    const world = new FakeWorld();
    const error = { code: 'HTTP_STATUS', message: 'It answered 503.', details: null, retryable: true };
    const retry = { attempts: 5, firstDelaySeconds: 60 };
    const end = await bench.run(
      world,
      { steps: [step({ ...http('call'), retry })], effect: () => ({ error }) },
      async (handle) => {
        await recorded(world, 'call RETRYING');
        await handle.cancel();
      },
    );
    expect(end.status).toBe('CANCELLED');
    expect(world.stepsOf(end.runId)).toMatchObject([{ path: 'call', status: 'CANCELLED' }]);
  });

  it('that comes while a step is about to ask people leaves nobody asked, and ends', async () => {
    const world = new FakeWorld();
    const gate = (id: string) => step({ id, kind: 'approval', with: { title: 'Go on?' } });
    const stop = step({ id: 'stop', kind: 'fail', with: { message: 'no' } });
    const both = step({
      id: 'both',
      kind: 'parallel',
      branches: [
        { id: 'bad', steps: [stop] },
        {
          id: 'one',
          steps: [step({ id: 'safe', kind: 'try', steps: [gate('a')], finally: [http('undo')] })],
        },
        { id: 'two', steps: [gate('b')] },
      ],
    });
    const end = await bench.run(world, { steps: [both] });
    expect(end).toMatchObject({ status: 'FAILED', error: { path: 'both/bad/stop' } });
    const statuses = world.stepsOf(end.runId).map(({ path, status }) => [path, status]);
    expect(Object.fromEntries(statuses)).toMatchObject({
      'both/one/safe/a': 'CANCELLED',
      'both/one/safe/undo': 'SUCCEEDED',
      'both/two/b': 'CANCELLED',
    });
    expect([...world.approvals.values()].filter(({ state }) => state.status === 'PENDING')).toEqual([]);
  });

  it('reaches a called workflow', async () => {
    const world = new FakeWorld();
    const child = { flow: 'v1' as const, steps: [event('never')] };
    const steps = [step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'slow' } })];
    const end = await bench.run(world, { steps, children: { slow: child } }, async (handle) => {
      await recorded(world, 'never WAITING');
      await handle.cancel();
    });
    expect(end.status).toBe('CANCELLED');
    expect([...world.closed.values()].map((run) => run.status)).toEqual(['CANCELLED', 'CANCELLED']);
  });
});

describe('pause', () => {
  it('stops before the next step and shows it; resume goes on', async () => {
    const world = new FakeWorld();
    const end = await bench.run(world, { steps: [event('go'), http('next')] }, async (handle) => {
      await recorded(world, 'go WAITING');
      await handle.signal('setPaused', { id: '1', paused: true });
      await handle.signal('event', { id: '2', name: 'go', payload: 1 });
      await recorded(world, 'go SUCCEEDED');
      expect(world.effects).toHaveLength(0);
      expect(world.statuses.at(-1)).toBe('PAUSED');
      await handle.signal('setPaused', { id: '3', paused: false });
    });
    expect(end.status).toBe('SUCCEEDED');
    expect(world.effects).toHaveLength(1);
  });
});

describe('a run that cannot be read', () => {
  it('ends as FAILED with the reason, and is not left running', async () => {
    const world = new FakeWorld();
    world.activities.openRun = () => {
      throw ApplicationFailure.nonRetryable('The definition was changed', 'DEFINITION_CHANGED');
    };
    const end = await bench.run(world, { steps: [] });
    expect(end).toMatchObject({ status: 'FAILED', error: { code: 'DEFINITION_CHANGED' } });
  });
});

describe('an effect that broke before it could store what came along', () => {
  it('leaves nothing unstored', async () => {
    const world = new FakeWorld();
    world.activities.executeEffect = ({ record }) => {
      expect(record?.events.map(({ path, kind }) => `${path} ${kind}`)).toContain('call STARTED');
      throw ApplicationFailure.nonRetryable('The worker has no such executor');
    };
    const end = await bench.run(world, { steps: [http('call')] });
    expect(end).toMatchObject({ status: 'FAILED', error: { code: 'FAILED', stepId: 'call' } });
    expect(world.history()).toEqual(['call STARTED', 'call STARTED', 'call FAILED']);
  });
});
