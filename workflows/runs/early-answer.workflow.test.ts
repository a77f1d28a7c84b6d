import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import type { CloseRunInput, RecordStepsInput } from './activities.ts';
import { FakeWorld, TrialBench } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const respond = (id: string, body: string) => ({ id, kind: 'respond', with: { body } }) as Step;
const wait = { id: 'wait', kind: 'wait', with: { seconds: 3600 } } as Step;
const said = { status: 200, headers: {}, body: 'first' };

/** Runs the steps; gives what was stored on the way, and the end. */
async function run(steps: Step[]): Promise<{ stored: RecordStepsInput[]; end: CloseRunInput }> {
  const world = new FakeWorld();
  const stored: RecordStepsInput[] = [];
  const { recordSteps } = world.activities;
  world.activities.recordSteps = async (input) => {
    stored.push(input);
    await recordSteps(input);
  };
  return { end: await bench.run(world, { steps }), stored };
}

describe('the answer of a respond step', () => {
  it('is stored with the events of its step when the run comes to rest, once, and again at the end', async () => {
    const { stored, end } = await run([respond('r', 'first'), wait, respond('again', 'second')]);
    const answers = stored.filter(({ response }) => response);
    expect(answers.map(({ response }) => response)).toEqual([said]);
    const paths = answers[0]?.events.map(({ path, kind }) => `${path} ${kind}`);
    expect(paths).toEqual(expect.arrayContaining(['r SUCCEEDED', 'wait WAITING']));
    expect(end.response).toEqual(said);
  });

  it('costs no activity of its own when the run ends right after', async () => {
    const { stored, end } = await run([respond('r', 'first')]);
    expect(stored).toEqual([]);
    expect(end.response).toEqual(said);
  });
});
