import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { ApprovalRequest } from '../approvals/model.ts';
import type { Step } from '../definitions/model.ts';
import { temporalWorkflowId } from '../ids.ts';
import { FakeWorld, TrialBench, type Trial } from './testing.ts';
import type { TestPlan } from './test-plan.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const transform = (id: string, value: unknown, more = {}) =>
  step({ id, kind: 'transform', with: { value }, ...more });
const post = (id: string, more = {}) =>
  step({ id, kind: 'http', with: { url: 'https://example.org/', method: 'POST' }, ...more });
const wait = (id: string) => step({ id, kind: 'wait', with: { event: id } });
const gate = (id: string, more = {}) => step({ id, kind: 'approval', with: { title: id, ...more } });
const each = (id: string, steps: Step[], more = {}) =>
  step({ id, kind: 'forEach', items: '{{ [1, 2, 3] }}', as: 'n', steps, ...more });
const plan = (fields: Partial<TestPlan>): TestPlan => ({
  ...{ pins: {}, until: null, only: null, vars: {}, unpinnedEffects: 'FAIL' },
  ...fields,
});

async function run(test: Partial<TestPlan>, trial: Trial, world = new FakeWorld()) {
  const end = await bench.run(world, { ...trial, test: plan(test) });
  const output = end.output && world.read(end.output);
  const acted = world.effects.map((effect) => effect.path);
  return { world, end, output, acted, status: end.status, error: end.error, history: world.history() };
}

describe('a result that is given', () => {
  it('stands for the work of a step in every iteration, with its usual events', async () => {
    const steps = [
      each('lines', [post('call'), transform('plus', '{{ steps.call.output.n + n }}')]),
      step({ id: 'sub', kind: 'callWorkflow', with: { workflow: 'other' } }),
    ];
    const pins = { call: { output: { n: 10 } }, sub: { output: 'called' } };
    const flow = { output: { lines: '{{ steps.lines.output }}', sub: '{{ steps.sub.output }}' } };
    const { world, output, acted, history } = await run({ pins }, { steps, flow });
    expect(output).toEqual({ lines: [11, 12, 13], sub: 'called' });
    expect(acted).toEqual([]);
    expect(world.runs.size).toBe(1);
    expect(history).toEqual(
      expect.arrayContaining(['lines[2]/call STARTED', 'lines[2]/call SUCCEEDED', 'sub SUCCEEDED']),
    );
  });

  it('may be a failure, which try and onError meet as any other, without another attempt', async () => {
    const error = { code: 'HTTP_STATUS', message: 'It answered 503.' };
    const retry = { attempts: 5 };
    const steps = [
      post('a', { onError: 'continue', retry }),
      step({
        id: 'safe',
        kind: 'try',
        steps: [post('b', { retry })],
        catch: [transform('c', '{{ [error.code, error.stepId, steps.a.error.message] }}')],
      }),
    ];
    const pins = { a: { error }, b: { error } };
    const { output, world } = await run({ pins }, { steps });
    expect(output).toEqual(['HTTP_STATUS', 'b', 'It answered 503.']);
    expect(world.events.filter((event) => event.kind === 'RETRYING')).toEqual([]);
  });

  it('may decide an approval, and is not heeded where the step is skipped', async () => {
    const steps = [
      gate('ok'),
      transform('said', '{{ steps.ok.output.decision }}'),
      post('off', { when: '{{ false }}' }),
    ];
    const { output, world } = await run(
      { pins: { ok: { output: { decision: 'denied' } }, off: { output: 1 } } },
      { steps },
    );
    expect(output).toBe('denied');
    expect(world.approvals.size).toBe(0);
    expect(world.history()).toContain('off SKIPPED');
  });
});

describe('an effect without a given result', () => {
  it.each<[string, Step]>([
    ['an action', post('act', { retry: { attempts: 3 } })],
    ['a read', step({ id: 'act', kind: 'http', with: { url: 'https://example.org/' } })],
    [
      'a called workflow',
      step({ id: 'act', kind: 'callWorkflow', with: { workflow: 'other' }, retry: { attempts: 3 } }),
    ],
  ])('fails as NOT_PINNED: %s', async (_, act) => {
    const { world, error, acted } = await run({}, { steps: [act] });
    expect(error).toMatchObject({
      code: 'NOT_PINNED',
      stepId: 'act',
      message: expect.stringContaining('pins'),
    });
    expect([acted, world.runs.size]).toEqual([[], 1]);
  });

  it('is done when the test run says so', async () => {
    const steps = [post('a'), post('b')];
    expect((await run({ unpinnedEffects: 'RUN', pins: { a: { output: 1 } } }, { steps })).acted).toEqual([
      'b',
    ]);
  });
});

describe('approvals before actions that a test run does', () => {
  const asking = (verdict: 'APPROVE' | 'DENY') => {
    const world = new FakeWorld();
    world.onApproval = async (request: ApprovalRequest) => {
      world.decide(request, { role: 'finance', verdict });
      const id = temporalWorkflowId(request.tenantId, request.runId);
      const { approvalId } = request;
      await bench.environment.client.workflow
        .getHandle(id)
        .signal('approvalDecided', { id: approvalId, approvalId });
    };
    return world;
  };
  const big = step({
    id: 'size',
    kind: 'branch',
    cases: [{ when: '{{ steps.charge.output > 100 }}', steps: [gate('ok')] }],
    otherwise: [],
  });
  const steps = [post('charge'), big, post('refund')];

  it.each<[string, Partial<TestPlan>]>([
    ['a given decision', { pins: { charge: { output: 500 }, ok: { output: { decision: 'approved' } } } }],
    ['a given result that avoids the gate', { pins: { charge: { output: 1 } } }],
    ['a start behind the gate', { only: 'refund' }],
  ])('are asked for at the action after %s', async (_, test) => {
    const denied = await run({ unpinnedEffects: 'RUN', ...test }, { steps }, asking('DENY'));
    expect(denied.error).toMatchObject({ code: 'APPROVAL_DENIED', path: 'refund' });
    expect(denied.acted).toEqual([]);
    const approved = await run({ unpinnedEffects: 'RUN', ...test }, { steps }, asking('APPROVE'));
    expect([approved.status, approved.acted, approved.world.approvals.size]).toEqual([
      'SUCCEEDED',
      ['refund'],
      1,
    ]);
  });

  it('are asked for once when the gate itself was passed, and before launch for every action', async () => {
    const pins = { charge: { output: 500 } };
    const asked = await run({ unpinnedEffects: 'RUN', pins }, { steps }, asking('APPROVE'));
    expect([asked.acted, asked.world.approvals.size]).toEqual([['refund'], 1]);
    const early = await run(
      { unpinnedEffects: 'RUN' },
      { steps: [post('only')], launchStage: 'pre-launch' },
      asking('APPROVE'),
    );
    expect([early.acted, early.world.approvals.size]).toEqual([['only'], 1]);
  });
});

describe('until', () => {
  it('ends the run when the step first finished: no catch, no clean-up, siblings cancelled', async () => {
    const steps = [
      step({
        id: 'safe',
        kind: 'try',
        steps: [
          step({
            id: 'both',
            kind: 'parallel',
            branches: [
              {
                id: 'left',
                steps: [
                  step({ id: 'held', kind: 'try', steps: [wait('never')], finally: [transform('tidy', 0)] }),
                ],
              },
              {
                id: 'right',
                steps: [each('lines', [transform('first', '{{ n }}'), transform('here', '{{ n * 7 }}')])],
              },
            ],
          }),
        ],
        catch: [transform('caught', 0)],
        finally: [transform('end', 0)],
      }),
      transform('after', 0),
    ];
    const { status, output, history } = await run({ until: 'here' }, { steps, flow: { output: 'whole' } });
    expect([status, output]).toEqual(['SUCCEEDED', 7]);
    const ran = new Set(
      history.filter((line) => line.endsWith(' STARTED')).map((line) => line.split(' ')[0]),
    );
    expect([...ran].filter((path) => /tidy|caught|end|after|lines\[1\]/.test(path ?? ''))).toEqual([]);
    expect(history).toEqual(
      expect.arrayContaining(['safe/both/left/held/never CANCELLED', 'safe CANCELLED']),
    );
  });

  it('does not count a skipped step, and a step that is never reached changes nothing', async () => {
    const steps = [
      each('lines', [transform('big', '{{ n }}', { when: '{{ n > 1 }}' })]),
      transform('last', 'end'),
    ];
    expect((await run({ until: 'big' }, { steps })).output).toBe(2);
    const off = [transform('off', 1, { when: '{{ false }}' }), transform('last', 'end')];
    expect((await run({ until: 'off' }, { steps: off })).output).toBe('end');
  });
});

describe('only', () => {
  it('runs one step wherever it stands, and sees input, given results and variables', async () => {
    const inner = transform('inner', '{{ [input.k, steps.before.output, steps.bad.error.code, n, index] }}');
    const steps = [post('before'), post('bad'), each('lines', [post('x'), inner]), post('after')];
    const pins = {
      before: { output: 'given' },
      bad: { error: { code: 'HTTP_STATUS', message: 'no' } },
    };
    const vars = { n: 3, index: 2 };
    const { output, history } = await run({ only: 'inner', pins, vars }, { steps, input: { k: 1 } });
    expect(output).toEqual([1, 'given', 'HTTP_STATUS', 3, 2]);
    expect(history).toEqual(['inner STARTED', 'inner SUCCEEDED']);
  });

  it('runs a container with given results inside', async () => {
    const steps = [post('before'), each('lines', [post('x'), transform('y', '{{ steps.x.output + n }}')])];
    expect((await run({ only: 'lines', pins: { x: { output: 5 } } }, { steps })).output).toEqual([6, 7, 8]);
  });
});
