import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { ApprovalRequest } from '../approvals/model.ts';
import type { Step } from '../definitions/model.ts';
import { temporalWorkflowId } from '../ids.ts';
import { FakeWorld, TrialBench, type Trial } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const gate = (more = {}, id = 'gate') =>
  step({ id, kind: 'approval', with: { title: 'Refund {{ input.n }}', class: 'B', ...more } });
const post = (id: string) =>
  step({ id, kind: 'http', with: { method: 'POST', url: 'https://example.org/', body: 1 } });

/** Runs a trial; each request is decided by `decide`, whose word is then signalled as the outbox would. */
async function run(trial: Trial, decide: (world: FakeWorld, request: ApprovalRequest) => void = () => {}) {
  const world = new FakeWorld();
  world.onApproval = async (request) => {
    if (request.quorum === 0) return;
    decide(world, request);
    const handle = bench.environment.client.workflow.getHandle(
      temporalWorkflowId(request.tenantId, request.runId),
    );
    await handle.signal('approvalDecided', { id: request.approvalId, approvalId: request.approvalId });
  };
  const end = await bench.run(world, trial);
  const requests = [...world.approvals.values()].map(({ request }) => request);
  return { world, end, requests, output: end.output && world.read(end.output) };
}
const approve = (world: FakeWorld, request: ApprovalRequest) => {
  world.decide(request, { role: 'finance' });
  if (request.class === 'C') world.decide(request, { role: 'security' });
};

describe('an approval', () => {
  it('asks with plan, hash, requester and terms, and goes on when it is given', async () => {
    const { requests, output, end } = await run(
      {
        steps: [gate({ details: { why: '{{ input.why }}' } }), post('refund')],
        input: { n: 5, why: 'late' },
        effect: () => ({ output: { value: 'done' } }),
      },
      approve,
    );
    expect(end.status).toBe('SUCCEEDED');
    expect(output).toBe('done');
    const [request] = requests;
    expect(request).toMatchObject({
      class: 'B',
      quorum: 1,
      path: 'gate',
      plan: { title: 'Refund 5', details: { why: 'late' }, guards: [{ stepId: 'refund', class: 'A' }] },
    });
    expect(request?.planHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives who decided, when and why', async () => {
    const { output, end } = await run({ steps: [gate({ class: 'C' })], input: { n: 1 } }, approve);
    expect(end.error).toBeNull();
    expect(output).toEqual({
      decision: 'approved',
      class: 'C',
      decidedBy: ['finance@example.org', 'security@example.org'],
      reason: 'seen',
      decidedAt: expect.any(String),
      answers: null,
    });
  });

  it('of Class A passes by itself after launch, and needs somebody before', async () => {
    const after = await run({ steps: [gate({ class: 'A' })], input: { n: 1 } });
    expect(after.output).toMatchObject({ decision: 'approved', decidedBy: [] });
    const before = await run(
      { steps: [gate({ class: 'A' })], input: { n: 1 }, launchStage: 'pre-launch' },
      approve,
    );
    expect(before.requests[0]).toMatchObject({ class: 'B', quorum: 1 });
  });

  it('is raised by what it guards, never lowered', async () => {
    const drop = step({ id: 'drop', kind: 'postgres', with: { connection: 'db', sql: 'DROP TABLE x' } });
    const { requests } = await run({ steps: [gate({ class: 'A' }), drop], input: { n: 1 } }, approve);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ class: 'C', quorum: 2 });
  });

  it('fails the run when denied, or lets it go on with the decision', async () => {
    const deny = (world: FakeWorld, request: ApprovalRequest) =>
      world.decide(request, { role: 'finance', verdict: 'DENY' });
    const failed = await run({ steps: [gate(), post('never')], input: { n: 1 } }, deny);
    expect(failed.end).toMatchObject({
      status: 'FAILED',
      error: { code: 'APPROVAL_DENIED', path: 'gate', details: { decidedBy: ['finance@example.org'] } },
    });
    expect(failed.world.effects).toHaveLength(0);
    const went = await run({ steps: [gate({ onDenied: 'continue' })], input: { n: 1 } }, deny);
    expect(went.output).toMatchObject({ decision: 'denied', reason: 'seen' });
  });

  it('expires closed, at its time and not before', async () => {
    const { end, world } = await run({
      steps: [gate({ expiresInSeconds: '{{ 2 * 86400 }}' })],
      input: { n: 1 },
    });
    expect(end.error).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    const waited = world.events
      .filter((event) => event.path === 'gate' && (event.kind === 'WAITING' || event.kind === 'FAILED'))
      .map((event) => event.at);
    expect(Math.max(...waited) - Math.min(...waited)).toBeGreaterThanOrEqual(2 * 86_400_000);
  });

  it('that is withdrawn fails the run with that reason, or is a decision to go on from', async () => {
    const withdraw = (world: FakeWorld, request: ApprovalRequest) =>
      void world.activities.closeApproval({ ...request, as: 'WITHDRAWN' });
    const failed = await run({ steps: [gate()], input: { n: 1 } }, withdraw);
    expect(failed.end.error).toMatchObject({ code: 'APPROVAL_WITHDRAWN', path: 'gate' });
    const went = await run({ steps: [gate({ onDenied: 'continue' })], input: { n: 1 } }, withdraw);
    expect(went.output).toMatchObject({ decision: 'withdrawn', decidedBy: [] });
  });

  it('does not pass on a signal alone', async () => {
    const { end } = await run({ steps: [gate({ expiresInSeconds: 60 })], input: { n: 1 } }, () => {});
    expect(end.error?.code).toBe('APPROVAL_EXPIRED');
  });

  it('is checked again by the run: a row that says approved without valid decisions is denied', async () => {
    const forged = (world: FakeWorld, request: ApprovalRequest) => {
      const entry = world.approvals.get(request.approvalId);
      if (entry) entry.state.status = 'APPROVED';
    };
    expect((await run({ steps: [gate()], input: { n: 1 } }, forged)).end.error?.code).toBe('APPROVAL_DENIED');
    const twice = (world: FakeWorld, request: ApprovalRequest) => {
      world.decide(request, { role: 'finance' });
      world.decide(request, { role: 'finance' });
      forged(world, request);
    };
    expect((await run({ steps: [gate({ class: 'C' })], input: { n: 1 } }, twice)).end.error?.code).toBe(
      'APPROVAL_DENIED',
    );
    const late = (world: FakeWorld, request: ApprovalRequest) => {
      world.decide(request, { role: 'finance', at: '9999-12-31T00:00:00Z' });
      forged(world, request);
    };
    expect((await run({ steps: [gate()], input: { n: 1 } }, late)).end.error?.code).toBe('APPROVAL_DENIED');
  });

  it('inside parallel branches and forEach items hears its own decision', async () => {
    const { requests, output } = await run(
      {
        steps: [
          step({
            id: 'p',
            kind: 'parallel',
            branches: [
              { id: 'one', steps: [gate({}, 'g1')] },
              {
                id: 'many',
                steps: [
                  step({
                    id: 'each',
                    kind: 'forEach',
                    items: [1, 2, 3],
                    as: 'n',
                    concurrency: 3,
                    steps: [
                      gate({ title: 'Item {{ n }}', onDenied: 'continue' }, 'g2'),
                      step({ id: 't', kind: 'transform', with: { value: '{{ steps.g2.output.decision }}' } }),
                    ],
                  }),
                ],
              },
            ],
          }),
        ],
        input: { n: 1 },
      },
      (world, request) =>
        world.decide(request, {
          role: 'finance',
          verdict: request.plan.title === 'Item 2' ? 'DENY' : 'APPROVE',
        }),
    );
    expect(requests).toHaveLength(4);
    expect(new Set(requests.map((request) => request.approvalId)).size).toBe(4);
    expect(output).toMatchObject({ many: ['approved', 'denied', 'approved'] });
  });

  it('is withdrawn when its step is cancelled', async () => {
    const { world, end } = await run({
      steps: [step({ id: 't', kind: 'try', timeoutSeconds: 30, steps: [gate()] })],
      input: { n: 1 },
    });
    expect(end.error?.code).toBe('STEP_TIMED_OUT');
    expect([...world.approvals.values()][0]?.state.status).toBe('WITHDRAWN');
  });

  it('with approvers that nobody can be fails clearly', async () => {
    const { end } = await run({ steps: [gate({ approvers: ['viewer'] })], input: { n: 1 } });
    expect(end.error).toMatchObject({ code: 'EXPRESSION_FAILED', path: 'gate' });
  });
});

describe('an action without a gate', () => {
  it('runs by itself after launch', async () => {
    const { requests, end } = await run({ steps: [post('p')] });
    expect(requests).toHaveLength(0);
    expect(end.status).toBe('SUCCEEDED');
  });

  it('asks before launch, once for each attempt that acts, and is covered by a gate before it', async () => {
    const alone = await run({ steps: [post('p')], launchStage: 'pre-launch' }, approve);
    expect(alone.requests).toMatchObject([{ class: 'B', path: 'p' }]);
    expect(alone.world.effects).toHaveLength(1);
    const covered = await run(
      { steps: [gate(), post('p')], input: { n: 1 }, launchStage: 'pre-launch' },
      approve,
    );
    expect(covered.requests).toMatchObject([{ path: 'gate' }]);
    const inBranch = [
      step({ id: 'b', kind: 'branch', cases: [{ when: '{{ true }}', steps: [gate()] }] }),
      post('p'),
    ];
    expect(
      (await run({ steps: inBranch, input: { n: 1 }, launchStage: 'pre-launch' }, approve)).requests,
    ).toHaveLength(1);
    const beside = [
      step({ id: 'par', kind: 'parallel', branches: [{ id: 'a', steps: [gate()] }] }),
      post('p'),
    ];
    expect(
      (await run({ steps: beside, input: { n: 1 }, launchStage: 'pre-launch' }, approve)).requests,
    ).toHaveLength(2);
  });

  it('does nothing when denied', async () => {
    const { end, world } = await run({ steps: [post('p')], launchStage: 'pre-launch' }, (w, request) =>
      w.decide(request, { role: 'finance', verdict: 'DENY' }),
    );
    expect(end.error).toMatchObject({ code: 'APPROVAL_DENIED', path: 'p' });
    expect(world.effects).toHaveLength(0);
  });
});
