import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { suggestingEnvironment } from '../../temporal/testing.ts';
import type { ApprovalMail, ApprovalRequest } from '../approvals/model.ts';
import type { Step } from '../definitions/model.ts';
import { temporalHelperId, temporalWorkflowId } from '../ids.ts';
import { uuidOf } from '../sha256.ts';
import { FakeWorld, TrialBench } from './testing.ts';

/*
 * The part of the table of attacks on an approval that happens inside a run, and the mails of a run, on a real server.
 * The other part: activities/approvals/attacks.db.test.ts.
 */

/** The server suggests a new history after this many events. */
const EVENTS = 60;

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(() => suggestingEnvironment(EVENTS));
}, 120_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const gate = (id: string, more = {}) =>
  step({ id, kind: 'approval', with: { title: 'Drop', class: 'C', ...more } });
const drop = (id: string) => step({ id, kind: 'postgres', with: { connection: 'db', sql: 'DROP TABLE x' } });
const note = (id: string) => step({ id, kind: 'http', with: { url: 'https://example.org/' } });

const handleOf = (request: ApprovalRequest) =>
  bench.environment.client.workflow.getHandle(temporalWorkflowId(request.tenantId, request.runId));
const tell = (request: ApprovalRequest, times = 1) =>
  Promise.all(
    Array.from({ length: times }, (_, i) =>
      handleOf(request).signal('approvalDecided', {
        id: `${request.approvalId} ${i}`,
        approvalId: request.approvalId,
      }),
    ),
  );
const approve = (world: FakeWorld, request: ApprovalRequest) => {
  world.decide(request, { role: 'finance' });
  world.decide(request, { role: 'security' });
};

describe('the table of attacks inside a run', () => {
  it('a request inside a parallel branch is decided by its own decision only', async () => {
    const world = new FakeWorld();
    world.onApproval = async (request) => {
      if (request.path.endsWith('g1')) approve(world, request);
      else world.decide(request, { role: 'finance', verdict: 'DENY' });
      await tell(request);
    };
    const branch = (id: string, n: number) => ({
      id,
      steps: [step({ id: `try${n}`, kind: 'try', steps: [gate(`g${n}`), drop(`d${n}`)], catch: [] })],
    });
    await bench.run(world, {
      steps: [step({ id: 'p', kind: 'parallel', branches: [branch('one', 1), branch('two', 2)] })],
    });
    expect(world.effects.map(({ stepId }) => stepId)).toEqual(['d1']);
  });

  it('a request inside a forEach item lets that item act and no other', async () => {
    const world = new FakeWorld();
    world.onApproval = async (request) => {
      if (request.path === 'each[1]/try/g') approve(world, request);
      else world.decide(request, { role: 'finance', verdict: 'DENY' });
      await tell(request);
    };
    const inside = step({ id: 'try', kind: 'try', steps: [gate('g'), drop('d')], catch: [] });
    const each = { id: 'each', kind: 'forEach', items: [0, 1, 2], as: 'n', concurrency: 3, steps: [inside] };
    await bench.run(world, { steps: [step(each)] });
    expect(world.approvals.size).toBe(3);
    expect(world.effects.map(({ path }) => path)).toEqual(['each[1]/try/d']);
  });

  it('a request after continue-as-new is the same one: asked once, reminded on, decided once', async () => {
    const world = new FakeWorld();
    let gateIsAsked: (request: ApprovalRequest) => void = () => {};
    const gateAsked = new Promise<ApprovalRequest>((resolve) => {
      gateIsAsked = resolve;
    });
    world.onApproval = (request) => gateIsAsked(request);
    // Beside the gate, enough happens that the run goes through several histories while it waits.
    const many = step({
      ...{ id: 'each', kind: 'forEach', items: '{{ [1..40] }}', as: 'n', concurrency: 2 },
      steps: [note('n')],
    });
    const steps = [
      step({
        ...{ id: 'p', kind: 'parallel' },
        branches: [
          { id: 'a', steps: [gate('g', { remindAfterSeconds: 3_600 }), drop('d')] },
          { id: 'b', steps: [many, step({ id: 'w', kind: 'wait', with: { event: 'go' } })] },
        ],
      }),
    ];
    const end = await bench.run(world, { steps }, async (handle) => {
      const request = await gateAsked;
      await historiesReach(handle, 2);
      approve(world, request);
      await tell(request, 3);
      await handleOf(request).signal('event', { id: 'go', name: 'go', payload: null });
    });
    expect(end.status).toBe('SUCCEEDED');
    expect(world.approvals.size).toBe(1);
    expect(world.effects.filter(({ stepId }) => stepId === 'd')).toHaveLength(1);
  }, 60_000);

  it('a signal without a decision, or about another request, moves nothing', async () => {
    const world = new FakeWorld();
    world.onApproval = async (request) => {
      await tell({ ...request, approvalId: 'another' as never }, 3);
      await tell(request, 3);
    };
    const end = await bench.run(world, { steps: [gate('g', { expiresInSeconds: 2 }), drop('d')] });
    expect(end.error?.code).toBe('APPROVAL_EXPIRED');
    expect(world.effects).toEqual([]);
  });

  it('the outbox that signals twice lets the run go on once', async () => {
    const world = new FakeWorld();
    world.onApproval = async (request) => {
      approve(world, request);
      await tell(request, 5);
    };
    await bench.run(world, { steps: [gate('g'), drop('d')] });
    expect(world.effects).toHaveLength(1);
  });
});

/** Waits until the run is in its history of this number. */
async function historiesReach(handle: WorkflowHandle, number: number): Promise<void> {
  const query = `WorkflowId = "${handle.workflowId}"`;
  for (;;) {
    const { count } = await bench.environment.client.workflow.count(query);
    if (count >= number) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('mails', () => {
  /** Runs one gate to its end, then waits for the mailings of these occasions, which the run does not wait for. */
  async function runWithMail(
    world: FakeWorld,
    more: object,
    occasions: [ApprovalMail['kind'], number][],
  ): Promise<{ status: string; mails: string[] }> {
    world.hasMail = true;
    const end = await bench.run(world, { steps: [gate('g', { class: 'B', ...more })] }, async (handle) => {
      await handle.result().catch(() => undefined);
      const [approvalId] = [...world.approvals.keys()];
      for (const [kind, number] of occasions) {
        const id = temporalHelperId(
          'approval-mail',
          world.tenantId,
          uuidOf(`${approvalId} ${kind} ${number}`),
        );
        await bench.environment.client.workflow.getHandle(id).result();
      }
    });
    return { status: end.status, mails: world.mails.map(({ kind, number }) => `${kind} ${number}`) };
  }

  it('are written on request, reminder, escalation and outcome, once each', async () => {
    const world = new FakeWorld();
    world.onNudge = async (request, nudge) => {
      if (nudge !== 'escalated') return;
      world.decide(request, { role: 'finance' });
      await tell(request);
    };
    const { status, mails } = await runWithMail(
      world,
      { remindAfterSeconds: 1, escalateAfterSeconds: 1.5, escalateTo: ['owner'] },
      [
        ['request', 0],
        ['reminder', 1],
        ['outcome', 0],
      ],
    );
    expect(status).toBe('SUCCEEDED');
    expect(mails).toEqual(['request 0', 'reminder 1', 'outcome 0']);
  });

  it('tell of an escalation, and of a request that nobody decided', async () => {
    const { status, mails } = await runWithMail(
      new FakeWorld(),
      { escalateAfterSeconds: 1, escalateTo: ['owner'], expiresInSeconds: 2 },
      [
        ['escalation', 1],
        ['outcome', 0],
      ],
    );
    expect([status, mails]).toEqual(['FAILED', ['request 0', 'escalation 1', 'outcome 0']]);
  });

  it('are none without a mail connection, and none for what needs nobody', async () => {
    const world = new FakeWorld();
    await bench.run(world, { steps: [gate('g', { expiresInSeconds: 1 })] });
    expect(world.mails).toEqual([]);
    expect((await runWithMail(new FakeWorld(), { class: 'A' }, [])).mails).toEqual([]);
  });

  it('that cannot be delivered neither fail nor hold up the run', async () => {
    const world = new FakeWorld();
    world.mailIsDown = true;
    world.onApproval = async (request) => {
      world.decide(request, { role: 'finance', verdict: 'DENY' });
      await tell(request);
    };
    const { status, mails } = await runWithMail(world, { onDenied: 'continue' }, []);
    expect(status).toBe('SUCCEEDED');
    expect(mails.every((mail) => mail === 'outcome 0')).toBe(true);
  });
});
