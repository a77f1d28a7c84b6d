import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { suggestingEnvironment } from '../../temporal/testing.ts';
import { hastened, randomFlow } from '../definitions/testing/random-flow.ts';
import { disagreements, seenIn, trialOf } from './testing/agreement.ts';
import { ScriptedWorld } from './testing/scripted-world.ts';
import { TrialBench } from './testing.ts';

/** The same ones each time, and new ones. */
const SEEDS = [20_300_106, Math.floor(Math.random() * 2 ** 31)];
const EACH = 16;
/** The server suggests a new history after so many events: long runs go through a few. */
const EVENTS = 25;

// Time passes here as it does: the server that skips time loses its way when an activity ends as it is cancelled.
let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(() => suggestingEnvironment(EVENTS));
}, 120_000);
afterAll(() => bench?.environment.teardown());

/** As the platform does: a message comes after the activity that caused it, and not to a run that is over. */
const said: Promise<void>[] = [];
const say = async (send: () => Promise<void>) => {
  const mine = pause(20).then(send);
  said.push(mine.catch(() => undefined));
};

describe('random definitions on Temporal', () => {
  it.each(SEEDS)(
    'run as the plain reading of them says, through new histories (seed %i)',
    async (seed) => {
      const trials = fc.sample(randomFlow, { seed, numRuns: EACH }).map((long) => {
        const [world, random] = [new ScriptedWorld(say), hastened(long)];
        return { world, random, trial: trialOf(random, world) };
      });
      const ends = await bench.runTogether(trials);
      await Promise.all(said);
      const found = await Promise.all(
        trials.map(async ({ world, random }, i) => ({
          found: await disagreements(random, seenIn(world, ends[i]!, { repeats: true })),
          random: JSON.stringify(random),
        })),
      );
      expect(found.filter((one) => one.found.length > 0)).toEqual([]);
    },
    120_000,
  );

  it('go on after a restart of their worker, whatever came while the database was away', async () => {
    const trials = fc.sample(randomFlow, { seed: SEEDS[1]!, numRuns: EACH }).map((long) => {
      const [world, random] = [new ScriptedWorld(say), hastened(long)];
      // Longer than a workflow task, now and then.
      world.onRecord = () => (Math.random() < 0.3 ? pause(1000 + Math.random() * 2000) : undefined);
      return { world, trial: { ...trialOf(random, world), taskSeconds: 1 } };
    });
    await bench.runTogether(trials);
    await Promise.all(said);
    expect(await bench.replayFaults()).toEqual([]);
  }, 120_000);

  it('did go through several', async () => {
    const { count } = await bench.environment.client.workflow.count('ExecutionStatus = "ContinuedAsNew"');
    expect(count).toBeGreaterThan(3);
  });
});
