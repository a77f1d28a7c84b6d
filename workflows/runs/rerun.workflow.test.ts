import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { ApprovalRequest } from '../approvals/model.ts';
import type { Flow, Step } from '../definitions/model.ts';
import { temporalWorkflowId } from '../ids.ts';
import type { CloseRunInput, EffectInput } from './activities.ts';
import { planRerun } from './rerun-plan.ts';
import { FakeWorld, TrialBench, type Trial } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const transform = (id: string, value: unknown, more = {}) =>
  step({ id, kind: 'transform', with: { value }, ...more });
const post = (id: string, body: unknown, more = {}) =>
  step({ id, kind: 'http', with: { url: 'https://example.org/', body, method: 'POST' }, ...more });
const gate = (id: string) => step({ id, kind: 'approval', with: { title: id, class: 'B' } });

/** One step of each kind, and each kind of container with steps before and after the interesting one. */
const MIXED: Step[] = [
  post('fetch', { n: '{{ input.n }}' }),
  transform('off', 1, { when: '{{ false }}' }),
  step({ id: 'odd', kind: 'fail', with: { message: 'as expected' }, onError: 'continue' }),
  gate('gate'),
  step({
    id: 'choice',
    kind: 'branch',
    cases: [
      { when: '{{ input.n < 0 }}', steps: [transform('less', 0)] },
      {
        when: '{{ steps.fetch.output.n > 1 }}',
        steps: [transform('more', '{{ steps.fetch.output.n + 1 }}'), post('tell', '{{ steps.more.output }}')],
      },
    ],
  }),
  step({
    id: 'lines',
    kind: 'forEach',
    items: '{{ [10, 20, 30] }}',
    as: 'line',
    steps: [post('log', '{{ line }}'), transform('plus', '{{ steps.log.output + index }}')],
  }),
  step({
    id: 'wide',
    kind: 'forEach',
    items: ['a', 'b', 'c'],
    as: 'name',
    concurrency: 3,
    steps: [post('mark', '{{ name & steps.choice.output }}')],
  }),
  step({
    id: 'both',
    kind: 'parallel',
    branches: [
      { id: 'left', steps: [post('l1', 1), transform('l2', '{{ steps.l1.output + 1 }}')] },
      { id: 'right', steps: [post('r1', 2), step({ id: 'r2', kind: 'wait', with: { seconds: 60 } })] },
    ],
  }),
  step({
    id: 'safe',
    kind: 'try',
    steps: [post('s1', 3), step({ id: 's2', kind: 'fail', with: { message: 'caught' } })],
    catch: [post('c1', '{{ error.message }}')],
    finally: [post('f1', 4)],
  }),
  step({
    id: 'poll',
    kind: 'while',
    condition: '{{ index < 2 }}',
    maxIterations: 5,
    steps: [post('ask', '{{ index }}')],
  }),
  step({ id: 'sub', kind: 'callWorkflow', with: { workflow: 'child', input: '{{ steps.lines.output }}' } }),
  step({ id: 'answer', kind: 'respond', with: { body: '{{ steps.both.output }}' } }),
];
const OUTPUT = {
  list: '{{ steps.lines.output }}',
  error: '{{ steps.odd.error.message }}',
  ...Object.fromEntries(
    ['choice', 'wide', 'both', 'safe', 'poll', 'sub'].map((id) => [id, `{{ steps.${id}.output }}`]),
  ),
};
const CHILD: Flow = { flow: 'v1', steps: [post('inner', 9), transform('sum', '{{ $sum(input) }}')] };
const FLOW: Flow = { flow: 'v1', steps: MIXED, output: OUTPUT };
const effect = (input: EffectInput) => ({
  output: 'value' in input.with ? { value: (input.with.value as { body: never }).body } : { value: null },
});
const TRIAL: Trial = { steps: MIXED, flow: FLOW, input: { n: 5 }, children: { child: CHILD }, effect };

function newWorld(): FakeWorld {
  const world = new FakeWorld();
  world.onApproval = async (request: ApprovalRequest) => {
    world.decide(request, { role: 'finance' });
    const id = temporalWorkflowId(request.tenantId, request.runId);
    const { approvalId } = request;
    await bench.environment.client.workflow
      .getHandle(id)
      .signal('approvalDecided', { id: approvalId, approvalId });
  };
  return world;
}

const valueOf = (world: FakeWorld, end: CloseRunInput) => end.output && world.read(end.output);

describe('a run again from each step of a mixed run', () => {
  it('gives the same output, and does again what its plan says and nothing else', async () => {
    const world = newWorld();
    const first = await bench.run(world, TRIAL);
    expect(first.error).toBeNull();
    const steps = world.stepsOf(first.runId);
    expect(steps.length).toBeGreaterThan(30);

    for (const { path: from } of steps) {
      const plan = planRerun({ flow: FLOW, steps, response: first.response }, FLOW, from);
      if (!plan) throw new Error(`no plan from ${from}`);
      const effectsBefore = world.effects.length;
      const askedBefore = world.approvals.size;
      const again = await bench.run(world, { ...TRIAL, seed: plan.seed });
      const effects = world.effects.slice(effectsBefore).filter(({ runId }) => runId === again.runId);
      const repeats = plan.repeats.filter(({ kind }) => kind !== 'callWorkflow').map(({ path }) => path);
      expect([from, again.error, valueOf(world, again)]).toEqual([from, null, valueOf(world, first)]);
      expect([from, effects.map(({ path }) => path).sort()]).toEqual([from, repeats.sort()]);
      expect([from, plan.asksAgain]).toEqual([from, ['gate']]);
      expect(world.approvals.size).toBe(askedBefore + 1);
      expect(again.response).toEqual(first.response);
      // What was taken over and what was done make all the steps of the first run, each once.
      const done = world.stepsOf(again.runId).map(({ path }) => path);
      expect([from, [...done, ...plan.reused].sort()]).toEqual([from, steps.map(({ path }) => path).sort()]);
    }
  }, 600_000);
});

describe('a run again', () => {
  it('after a failure on a mended version does only what was missing, and asks before it goes on', async () => {
    const broken = [post('a', 1), gate('gate'), post('b', '{{ $number("x") }}'), post('c', 3)];
    const mended = [post('a', 1), gate('gate'), post('b', 2), post('c', 3)];
    const world = newWorld();
    const first = await bench.run(world, { steps: broken, effect });
    expect(first.error).toMatchObject({ path: 'b' });
    const past = {
      flow: { flow: 'v1' as const, steps: broken },
      steps: world.stepsOf(first.runId),
      response: null,
    };
    const plan = planRerun(past, { flow: 'v1', steps: mended }, 'b');
    world.effects.length = 0;
    const again = await bench.run(world, { steps: mended, effect, seed: plan!.seed });
    expect(again.error).toBeNull();
    expect(world.effects.map(({ path }) => path)).toEqual(['b', 'c']);
    expect(world.approvals.size).toBe(2);
  });

  it('shows the results that it took over in its journal', async () => {
    const steps = [transform('a', 1), step({ id: 'w', kind: 'wait', with: { event: 'go' } })];
    const flow: Flow = { flow: 'v1', steps };
    const past = {
      path: 'a',
      stepId: 'a',
      kind: 'transform',
      status: 'SUCCEEDED',
      attempt: 1,
      sequence: 0,
    } as const;
    const waited = {
      path: 'w',
      stepId: 'w',
      kind: 'wait',
      status: 'CANCELLED',
      attempt: 1,
      sequence: 1,
    } as const;
    const rest = { input: null, error: null };
    const plan = planRerun(
      {
        flow,
        response: null,
        steps: [
          { ...past, ...rest, output: { value: 7 } },
          { ...waited, ...rest, output: { value: null } },
        ],
      },
      flow,
      'w',
    );
    let seen: unknown;
    const world = newWorld();
    await bench.run(world, { steps, seed: plan!.seed }, async (handle) => {
      seen = await handle.query('state');
      await handle.signal('event', { id: '1', name: 'go', payload: null });
    });
    expect(seen).toMatchObject({ journal: { children: { a: { done: { output: { value: 7 } } } } } });
  });
});
