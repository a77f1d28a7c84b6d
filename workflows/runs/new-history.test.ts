import { describe, expect, it } from '@jest/globals';
import type { Step } from '../definitions/model.ts';
import { MemoryBench } from './testing/memory-bench.ts';
import { ScriptedWorld } from './testing/scripted-world.ts';

const step = (value: unknown) => value as Step;
const call = (id: string, way: string) =>
  step({ id, kind: 'http', with: { url: `https://example.org/${way}/${id}` } });
const never = step({ id: 'never', kind: 'wait', with: { event: 'never' } });
const safe = step({ id: 'safe', kind: 'try', steps: [never], finally: [call('undo', 'ok')] });

/** The history is long once the first events are stored: `safe` leaves for a new one while `bad` is still at work. */
const bench = () => new MemoryBench({ pick: (count) => count - 1, room: () => 1 });

describe('a failure while the others have left for a new history', () => {
  it('lets them clean up, beside it in a parallel', async () => {
    const world = new ScriptedWorld();
    const branches = [
      { id: 'kept', steps: [safe] },
      { id: 'lost', steps: [call('bad', 'refused')] },
    ];
    const steps = [step({ id: 'both', kind: 'parallel', branches })];
    const end = await bench().run(world, { steps, effect: world.effect });
    expect(end.error).toMatchObject({ path: 'both/lost/bad' });
    expect(world.effects.map(({ path }) => path)).toEqual(['both/lost/bad', 'both/kept/safe/undo']);
    expect(world.stepsOf(end.runId)).toContainEqual(
      expect.objectContaining({ path: 'both/kept/safe/never', status: 'CANCELLED' }),
    );
  });

  it('lets them clean up, as items of a loop', async () => {
    const world = new ScriptedWorld();
    const either = step({
      id: 'either',
      kind: 'branch',
      cases: [{ when: '{{ n = 1 }}', steps: [safe] }],
      otherwise: [call('bad', 'refused')],
    });
    const steps = [
      step({ id: 'each', kind: 'forEach', items: [1, 2, 3], as: 'n', concurrency: 2, steps: [either] }),
    ];
    const end = await bench().run(world, { steps, effect: world.effect });
    expect(end.error).toMatchObject({ path: 'each[1]/either/bad' });
    expect(world.effects.map(({ path }) => path)).toContain('each[0]/either/safe/undo');
  });
});
