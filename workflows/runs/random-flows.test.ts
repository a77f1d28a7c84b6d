import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STEP_KINDS, type Flow } from '../definitions/model.ts';
import { kindsOf, randomFlow, type RandomFlow } from '../definitions/testing/random-flow.ts';
import { validateDefinition } from '../definitions/validate-definition.ts';
import { planRerun } from './rerun-plan.ts';
import { disagreements, joined, seenIn, trialOf, type SeenRun } from './testing/agreement.ts';
import { chancesOf, MemoryBench } from './testing/memory-bench.ts';
import { ScriptedWorld } from './testing/scripted-world.ts';

/*
 * Random definitions, run by the interpreter in memory and read by the plain reference: thousands of ways in which work
 * side by side can end, in a few seconds. A failure prints the seed and the smallest definition that still fails. Every
 * property is tried with a fixed seed, for all, and with a new one each time, for as long as there is time; what must be
 * seen often enough is seen with the fixed one alone.
 */
const SEED = 20_300_101;
const chance = fc.integer();

async function forMany(numRuns: number, tried: (random: RandomFlow, seed: number) => Promise<void>) {
  const property = fc.asyncProperty(randomFlow, chance, async (random, seed) => {
    try {
      await tried(random, seed);
    } catch (error) {
      throw new Error(`${String(error)}\n${JSON.stringify(random)}`);
    }
  });
  await fc.assert(property, {
    numRuns,
    seed: SEED,
    interruptAfterTimeLimit: 60_000,
    markInterruptAsFailure: true,
  });
  await fc.assert(property, { numRuns: 10 * numRuns, interruptAfterTimeLimit: 2_500 });
}

const flowsOf = ({ flow, children }: RandomFlow): Flow[] => [flow, ...Object.values(children)];

/** Runs it in memory, and finds that it agrees with the reference. */
async function agreed(world: ScriptedWorld, random: RandomFlow, bench: MemoryBench): Promise<SeenRun> {
  const seen = seenIn(world, await bench.run(world, trialOf(random, world)));
  expect(await disagreements(random, seen)).toEqual([]);
  return seen;
}

describe('a random definition', () => {
  it('is valid, of all kinds and endings, and runs as the plain reading of it says', async () => {
    const counts = new Map<string, number>();
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    await forMany(60, async (random, seed) => {
      expect(flowsOf(random).flatMap((flow) => validateDefinition(flow))).toEqual([]);
      kindsOf(random.flow).forEach(count);
      const { pick } = chancesOf(seed);
      const { end } = await agreed(new ScriptedWorld(), random, new MemoryBench({ pick }));
      count(end.status);
    });
    for (const what of [...STEP_KINDS, 'SUCCEEDED', 'FAILED'])
      expect([what, counts.get(what) ?? 0]).toEqual([what, expect.any(Number)]);
    const rare = [...STEP_KINDS, 'SUCCEEDED', 'FAILED'].filter((what) => (counts.get(what) ?? 0) < 20);
    expect(rare).toEqual([]);
  }, 120_000);

  it('ends alike when it goes on in new histories, and does every effect as often', async () => {
    let histories = 0;
    await forMany(80, async (random, seed) => {
      const world = new ScriptedWorld();
      const bench = new MemoryBench(chancesOf(seed));
      const { end } = await agreed(world, random, bench);
      histories += bench.historiesOf(world, end.runId);
    });
    expect(histories).toBeGreaterThan(80);
  }, 120_000);

  it('gives the same when it is run again from any of its steps, and repeats nothing that is taken over', async () => {
    let taken = 0;
    await forMany(45, async (random, seed) => {
      const world = new ScriptedWorld();
      const chances = chancesOf(seed);
      const bench = new MemoryBench({ pick: chances.pick });
      const first = await agreed(world, random, bench);
      const { flow } = random;
      for (const path of someOf(
        first.steps.map((step) => step.path),
        chances.pick,
      )) {
        const plan = planRerun({ flow, steps: first.steps, response: first.end.response }, flow, path);
        if (!plan) throw new Error(`It cannot be run again from ${path}`);
        const trial = { ...trialOf(random, world), seed: plan.seed };
        const again = seenIn(world, await bench.run(world, trial));
        const found = await disagreements(random, joined(first, again, plan.reused));
        expect([path, plan.reused, found]).toEqual([path, plan.reused, []]);
        expect(again.calls.filter((call) => plan.reused.includes(call))).toEqual([]);
        taken += plan.reused.length;
      }
    });
    expect(taken).toBeGreaterThan(200);
  }, 120_000);
});

/** At most five of these, whichever chance says. */
function someOf(paths: string[], pick: (count: number) => number): string[] {
  const left = [...paths];
  return Array.from(
    { length: Math.min(5, paths.length) },
    () => left.splice(pick(left.length), 1)[0] as string,
  );
}
