import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { suggestingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import type { RunKey } from './activities.ts';
import type { Admission, OpenedRun, RunSeed } from './model.ts';
import { FakeWorld, TrialBench } from './testing.ts';

/** The server suggests a new history after this many events. */
const EVENTS = 60;

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(() => suggestingEnvironment(EVENTS));
}, 120_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const http = (id: string) => step({ id, kind: 'http', with: { url: 'https://example.org/' } });
const event = (id: string) => step({ id, kind: 'wait', with: { event: id } });

/** A world in which a run is kept from beginning while `answer` says so; it counts how often the run asked. */
class GuardedWorld extends FakeWorld {
  answer: Admission | undefined = 'queued';
  asked = 0;

  constructor() {
    super();
    const open = this.activities.openRun;
    this.activities.openRun = async (key: RunKey): Promise<OpenedRun> => {
      const opened = await open(key);
      this.asked++;
      return this.answer === undefined ? opened : { ...opened, admission: this.answer };
    };
  }

  async untilAsked(times: number): Promise<void> {
    while (this.asked < times) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const admit = (handle: WorkflowHandle, id = 'a') => handle.signal('admitted', { id });

describe('a run that waits for its place', () => {
  it('does nothing until it is told, and then begins', async () => {
    const world = new GuardedWorld();
    const end = await bench.run(world, { steps: [http('call')] }, async (handle) => {
      await world.untilAsked(1);
      expect([world.effects, world.events, world.statuses]).toEqual([[], [], []]);
      world.answer = undefined;
      await admit(handle);
    });
    expect(end.status).toBe('SUCCEEDED');
    expect(world.effects).toHaveLength(1);
    expect(world.asked).toBe(2);
  }, 60_000);

  it('goes by its row, not by the word: one that comes for nothing changes nothing', async () => {
    const world = new GuardedWorld();
    const end = await bench.run(world, { steps: [http('call')] }, async (handle) => {
      await world.untilAsked(1);
      await admit(handle, 'early');
      await world.untilAsked(2);
      await admit(handle, 'early');
      world.answer = undefined;
      await admit(handle, 'right');
      await admit(handle, 'right');
    });
    expect(end.status).toBe('SUCCEEDED');
    expect(world.effects).toHaveLength(1);
    expect(world.asked).toBe(3);
  }, 60_000);

  it('ends as CANCELLED when it is cancelled, without a step begun', async () => {
    const world = new GuardedWorld();
    const end = await bench.run(world, { steps: [http('call')] }, async (handle) => {
      await world.untilAsked(1);
      await handle.cancel();
    });
    expect(end).toMatchObject({ status: 'CANCELLED', error: null });
    expect(world.effects).toEqual([]);
  }, 60_000);

  it('keeps what comes meanwhile, through new histories too', async () => {
    const world = new GuardedWorld();
    const seed: RunSeed = {
      journal: { children: { first: { done: { output: { value: 1 } } } } },
      response: null,
      sequence: 5,
    };
    const steps = [http('first'), event('early'), http('last')];
    const end = await bench.run(world, { steps, seed }, async (handle) => {
      const run = bench.environment.client.workflow.getHandle(handle.workflowId);
      await world.untilAsked(1);
      await run.signal('event', { id: 'e', name: 'early', payload: 1 });
      await run.signal('setPaused', { id: 'p', paused: true });
      for (let i = 0; world.asked < 3; i++)
        await run.signal('event', { id: `n${i}`, name: 'noise', payload: i });
      world.answer = undefined;
      await admit(run);
      while (world.statuses.at(-1) !== 'PAUSED') await new Promise((resolve) => setTimeout(resolve, 5));
      expect(world.effects).toEqual([]);
      await run.signal('setPaused', { id: 'r', paused: false });
    });
    expect(end.status).toBe('SUCCEEDED');
    expect(world.effects.map(({ path }) => path)).toEqual(['last']);
  }, 120_000);
});

describe('a run that gets no place', () => {
  it.each(['CANCELLED', 'FAILED'] as const)(
    'ends at once as %s, with the reason',
    async (status) => {
      const world = new GuardedWorld();
      const error = { code: 'CONCURRENCY_FULL', message: 'full', stepId: null, path: null, details: null };
      world.answer = { status, error };
      const end = await bench.run(world, { steps: [http('call')] });
      expect(end).toMatchObject({ status, error, output: null });
      expect(world.effects).toEqual([]);
    },
    60_000,
  );
});
