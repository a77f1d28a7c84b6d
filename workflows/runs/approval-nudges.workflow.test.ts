import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { ApprovalRequest } from '../approvals/model.ts';
import type { Step } from '../definitions/model.ts';
import { temporalWorkflowId } from '../ids.ts';
import { FakeWorld, TrialBench } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const DAY = 86_400;
const gate = (more: object) =>
  ({ id: 'gate', kind: 'approval', with: { title: 'Refund', class: 'B', ...more } }) as unknown as Step;
const drop = {
  id: 'drop',
  kind: 'postgres',
  with: { connection: 'db', sql: 'DROP TABLE x' },
} as unknown as Step;

const signal = ({ tenantId, runId, approvalId }: ApprovalRequest) =>
  bench.environment.client.workflow
    .getHandle(temporalWorkflowId(tenantId, runId))
    .signal('approvalDecided', { id: approvalId, approvalId });

/** Runs one gate; `onNudge` is called for each reminder and escalation and can decide. */
async function run(steps: Step[], world: FakeWorld, onNudge: FakeWorld['onNudge'] = () => {}) {
  world.onNudge = async (request, nudge) => {
    await onNudge(request, nudge);
    if (world.approvals.get(request.approvalId)?.state.status !== 'PENDING') await signal(request);
  };
  const end = await bench.run(world, { steps });
  const [request] = [...world.approvals.values()].map((one) => one.request);
  return {
    end,
    request,
    nudges: world.nudges.map(({ nudge }) => nudge),
    output: end.output && world.read(end.output),
  };
}

describe('a waiting approval', () => {
  it('reminds each time that its interval has passed, until it expires', async () => {
    const world = new FakeWorld();
    const { end, nudges } = await run(
      [gate({ remindAfterSeconds: '{{ 6 * 3600 }}', expiresInSeconds: DAY })],
      world,
    );
    expect(end.error?.code).toBe('APPROVAL_EXPIRED');
    expect(nudges).toEqual([1, 2, 3]);
  });

  it('reminds 20 times at most', async () => {
    const { nudges } = await run([gate({ remindAfterSeconds: 60, expiresInSeconds: DAY })], new FakeWorld());
    expect(nudges).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('goes on when a reminder moves somebody, and reminds no more', async () => {
    const world = new FakeWorld();
    const { output, nudges } = await run([gate({ remindAfterSeconds: 3_600 })], world, (request, nudge) => {
      if (nudge === 2) world.decide(request, { role: 'finance', answers: { amount: 5 } });
    });
    expect(nudges).toEqual([1, 2]);
    expect(output).toMatchObject({ decision: 'approved', answers: { amount: 5 } });
  });

  it('escalates once, between its reminders, and then those others can decide', async () => {
    const world = new FakeWorld();
    const terms = { approvers: ['finance'], escalateAfterSeconds: 5_400, escalateTo: ['security'] };
    const { output, request, nudges } = await run(
      [gate({ ...terms, remindAfterSeconds: 3_600 })],
      world,
      (asked, nudge) => {
        if (nudge === 2) world.decide(asked, { role: 'security' });
      },
    );
    expect(nudges).toEqual([1, 'escalated', 2]);
    expect(output).toMatchObject({ decision: 'approved', decidedBy: ['security@example.org'] });
    expect(request?.escalation).toEqual({
      at: new Date(Date.parse(request?.requestedAt ?? '') + 5_400_000).toISOString(),
      approvers: { roles: ['security'], people: [] },
    });
  });

  it('does not believe a row that lets further people decide before its own escalation', async () => {
    const world = new FakeWorld();
    const terms = { approvers: ['finance'], escalateAfterSeconds: 2 * DAY, escalateTo: ['security'] };
    const { end } = await run([gate({ ...terms, remindAfterSeconds: 3_600 })], world, (asked) => {
      world.decide(asked, { role: 'security' });
      const entry = world.approvals.get(asked.approvalId);
      if (entry) entry.state.status = 'APPROVED';
    });
    expect(end.error?.code).toBe('APPROVAL_DENIED');
  });

  it('of Class C still needs two roles after its escalation', async () => {
    const world = new FakeWorld();
    const terms = { approvers: ['finance', 'security'], escalateAfterSeconds: 60, escalateTo: ['owner'] };
    const { end } = await run([gate(terms), drop], world, (asked) => {
      world.decide(asked, { role: 'owner' });
      world.decide(asked, { role: 'owner' });
      const entry = world.approvals.get(asked.approvalId);
      if (entry) entry.state.status = 'APPROVED';
    });
    expect(end.error?.code).toBe('APPROVAL_DENIED');
    expect(world.effects).toEqual([]);
  });

  it('that expires at the moment of a reminder expires', async () => {
    const { end, nudges } = await run(
      [gate({ remindAfterSeconds: 60, expiresInSeconds: 60 })],
      new FakeWorld(),
    );
    expect(end.error?.code).toBe('APPROVAL_EXPIRED');
    expect(nudges).toEqual([]);
  });

  it.each([
    ['remindAfterSeconds', { remindAfterSeconds: '{{ 0 }}' }],
    ['escalateAfterSeconds', { escalateAfterSeconds: '{{ 100 * 86400 }}', escalateTo: ['owner'] }],
    ['escalateTo', { escalateAfterSeconds: 5, escalateTo: ['viewer'] }],
  ])('with an impossible %s fails clearly', async (field, terms) => {
    const { end } = await run([gate(terms)], new FakeWorld());
    expect(end.error).toMatchObject({ code: 'EXPRESSION_FAILED', path: 'gate', details: { field } });
  });
});
