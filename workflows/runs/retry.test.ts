import { describe, expect, it } from '@jest/globals';
import type { Step } from '../definitions/model.ts';
import { MemoryBench } from './testing/memory-bench.ts';
import { ScriptedWorld } from './testing/scripted-world.ts';

const step = (value: unknown) => value as Step;
const call = (id: string, way: 'ok' | 'flaky' | 'broken', more = {}) =>
  step({ id, kind: 'http', with: { url: `https://example.org/${way}/${id}` }, ...more });

/** Runs the steps in memory; gives the calls made, how each step ended, and each event's path, attempt and kind. */
async function run(steps: Step[]) {
  const world = new ScriptedWorld();
  const { effect } = world;
  const end = await new MemoryBench({ pick: () => 0 }).run(world, { steps, effect });
  return {
    error: end.error,
    calls: world.effects.map(({ path }) => path),
    steps: Object.fromEntries(world.stepsOf(end.runId).map(({ path, status }) => [path, status])),
    events: world.events.map(({ path, attempt, kind }) => `${path} ${attempt} ${kind}`),
  };
}

describe('a container that is tried again', () => {
  const each = (fields: object) =>
    step({ id: 'each', kind: 'forEach', items: [1, 2], as: 'n', retry: { attempts: 3 }, ...fields });

  it('counts the attempts of the steps inside on, those of finished items too', async () => {
    const { error, events } = await run([each({ steps: [call('a', 'flaky')] })]);
    expect(error).toBeNull();
    expect(events.filter((event) => /^each\[0\]\/a .*D$/.test(event) && !event.endsWith('STARTED'))).toEqual([
      ...['each[0]/a 1 FAILED', 'each[0]/a 2 SUCCEEDED', 'each[0]/a 3 SUCCEEDED'],
    ]);
  });

  it('counts on through the rounds of a loop, the items of a pack and the branches of a parallel', async () => {
    const loop = (steps: Step[]) =>
      step({ id: 'loop', kind: 'while', condition: '{{ index < 2 }}', maxIterations: 2, steps });
    const both = (steps: Step[]) => step({ id: 'both', kind: 'parallel', branches: [{ id: 'left', steps }] });
    const many = (steps: Step[]) =>
      step({ id: 'many', kind: 'forEach', items: '{{ [1..120] }}', as: 'm', concurrency: 9, steps });
    const value = step({ id: 'v', kind: 'transform', with: { value: 1 } });
    for (const inside of [loop, both, many]) {
      const whole = step({
        id: 'whole',
        kind: 'try',
        retry: { attempts: 3 },
        steps: [inside([value]), call('a', 'flaky')],
      });
      const { error, events } = await run([whole]);
      expect(error).toBeNull();
      const ends = events.filter((event) => !event.endsWith('STARTED'));
      expect(ends).toEqual([...new Set(ends)]);
    }
  });

  it('gives the steps inside all of their own attempts again', async () => {
    const inner = call('a', 'broken', { retry: { attempts: 3 } });
    const { calls } = await run([step({ id: 'whole', kind: 'try', retry: { attempts: 2 }, steps: [inner] })]);
    expect(calls).toHaveLength(6);
  });

  it('asks again whether a container inside is to run', async () => {
    const inner = step({
      id: 'inner',
      kind: 'try',
      when: '{{ $exists(steps.first.error) }}',
      steps: [call('a', 'broken')],
    });
    const steps = [call('first', 'flaky', { onError: 'continue' }), inner];
    const { steps: ended } = await run([step({ id: 'whole', kind: 'try', retry: { attempts: 2 }, steps })]);
    expect(ended).toMatchObject({ 'whole/first': 'SUCCEEDED', 'whole/inner': 'SKIPPED', whole: 'SUCCEEDED' });
  });
});
