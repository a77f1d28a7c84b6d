import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { suggestingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import type { Json } from '../json.ts';
import type { leakAndLook } from './leaking-workflow.fixture.ts';
import { FakeWorld, TrialBench, type Trial } from './testing.ts';

const TENANTS = 4;
const RUNS_OF_EACH = 3;

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(() => suggestingEnvironment(50_000));
}, 120_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const transform = (id: string, value: Json) =>
  step({ id, kind: 'transform', with: { value }, onError: 'continue' });

/** Whatever an expression could try in order to leave something behind, with the tenant's own secret in it. */
const LEAKS = [
  '{{ $merge([{ "__proto__": { "leaked": input.canary } }]) }}',
  '{{ { "__proto__": { "leaked": input.canary } } }}',
  '{{ { "constructor": { "prototype": { "leaked": input.canary } } } }}',
  '{{ ($leaked := input.canary; $globalThis := input.canary; $leaked) }}',
  '{{ input ~> |$|{ "leaked": canary, "constructor": canary }| }}',
  '{{ steps.first ~> |output|{ "leaked": $$.input.canary }| }}',
  '{{ ($string := function($x) { $$.input.canary }; $string(1)) }}',
  '{{ $sift(input, function($v, $k) { $k != "toString" }).constructor }}',
  '{{ $spread(input).canary & $string($lookup(input, "__proto__")) }}',
];
/** Whatever another run could find of that. */
const LOOKS = [
  '{{ $string(input.leaked) & $string(input.o.leaked) & $string({}.leaked) }}',
  '{{ $exists($leaked) or $exists($globalThis) }}',
  '{{ $keys(steps) }}',
  '{{ $string(42) }}',
  '{{ $lookup(input, "constructor") }}',
];

/** A run that tries to leak, waits for its neighbours, and looks around. All have the same ids and names. */
function trial(canary: string): Trial {
  const call = step({
    id: 'call',
    kind: 'http',
    with: { url: 'https://example.org/', method: 'POST', body: '{{ input.canary }}' },
  });
  const steps = [
    transform('first', '{{ input }}'),
    ...LEAKS.map((leak, i) => transform(`leak${i}`, leak)),
    step({ id: 'rest', kind: 'wait', with: { seconds: 0.05 } }),
    call,
    ...LOOKS.map((look, i) => transform(`look${i}`, look)),
    step({
      id: 'sub',
      kind: 'callWorkflow',
      with: { workflow: 'called', input: { canary: '{{ input.canary }}' } },
    }),
  ];
  const looks = LOOKS.map((_, i) => `{{ steps.look${i}.output }}`);
  const output = { looks, called: '{{ steps.call.output.body }}', sub: '{{ steps.sub.output }}' };
  const called = { flow: 'v1' as const, steps: [transform('first', '{{ input.canary }}')] };
  return { steps, flow: { output }, input: { canary, o: {} }, children: { called } };
}

const silent = () => undefined;
const QUIET = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };

describe('runs of several organisations in one worker', () => {
  it('see their own values only, whatever the others try', async () => {
    const worlds = Array.from({ length: TENANTS }, () => new FakeWorld());
    const runs = worlds.flatMap((world, tenant) =>
      Array.from({ length: RUNS_OF_EACH }, (_, run) => ({
        world,
        canary: `canary-of-${tenant}-${run}-${randomUUID()}`,
      })),
    );
    // Their steps take turns: tenant by tenant.
    const shuffled = runs.map((_, i) => runs[(i * 5) % runs.length]!);
    const trials = shuffled.map(({ world, canary }) => ({ world, trial: trial(canary) }));
    const ends = await bench.runTogether(trials);
    const everySteps = ['call', 'first', 'rest', ...LEAKS.map((_, i) => `leak${i}`)];
    for (const [i, { world, canary }] of shuffled.entries()) {
      const end = ends[i]!;
      expect(end.output && world.read(end.output)).toEqual({
        looks: ['', false, expect.arrayContaining(everySteps), '42', null],
        called: canary,
        sub: canary,
      });
      const others = shuffled.filter((one) => one.canary !== canary).map((one) => one.canary);
      const all = JSON.stringify([end, world.stepsOf(end.runId)]);
      expect(all).toContain(canary);
      expect(others.filter((other) => all.includes(other))).toEqual([]);
    }
    for (const world of worlds) {
      const foreign = runs.filter((one) => one.world !== world).map(({ canary }) => canary);
      const seen = JSON.stringify([...world.effects, ...world.events, ...world.closed.values()]);
      expect(foreign.filter((canary) => seen.includes(canary))).toEqual([]);
    }
  }, 60_000);

  it('share neither globals, nor what a module holds, nor anything added to a prototype', async () => {
    const workflowsPath = fileURLToPath(new URL('./leaking-workflow.fixture.ts', import.meta.url));
    const taskQueue = randomUUID();
    const worker = await Worker.create({
      connection: bench.environment.nativeConnection,
      workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: QUIET }),
      taskQueue,
      reuseV8Context: true,
    });
    const names = Array.from({ length: 8 }, (_, i) => `tenant-${i}`);
    const found = await worker.runUntil(
      Promise.all(
        names.map((name) =>
          bench.environment.client.workflow.execute<typeof leakAndLook>('leakAndLook', {
            ...{ taskQueue, workflowId: name, args: [name] },
          }),
        ),
      ),
    );
    expect(found).toEqual(names.map((name) => ({ global: name, module: [name], prototypes: [] })));
  }, 60_000);
});
