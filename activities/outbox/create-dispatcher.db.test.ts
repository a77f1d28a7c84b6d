import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RunId } from '../../workflows/ids.ts';
import { approvalActivities, decideApproval } from '../approvals/index.ts';
import { approvalRequest } from '../approvals/testing.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import type { DispatcherParts } from './index.ts';
import { newGate, outboxOf, pauseMessage, recorder, startMessage, testDispatcher, until } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
let outbox: ReturnType<typeof outboxOf>;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
  outbox = outboxOf(house, tenant);
});
afterEach(() => outbox.empty());

const dispatcher = (send: DispatcherParts['send'], timing?: DispatcherParts['timing']) =>
  testDispatcher(house, send, timing);

describe('dispatch', () => {
  it('sends what a verb committed, at once, and removes it', async () => {
    const request = approvalRequest(tenant, { class: 'B' });
    const { approvalId, planHash } = request;
    await approvalActivities(house.platform).requestApproval({ request });
    const { got, send } = recorder();
    const { dispatch, stop, outcomes } = dispatcher(send);
    const ctx = { ...tenant.as('owner'), dispatcher: { dispatch } };
    await decideApproval(ctx, { approvalId, planHash, decision: 'APPROVE' });
    await stop();
    const message = { kind: 'approvalDecided', runId: request.runId, approvalId };
    expect(got).toEqual([{ tenantId: tenant.tenantId, id: expect.any(String), message }]);
    expect(await outbox.rows()).toEqual([]);
    expect(outcomes).toEqual(['sent']);
  });

  it('has a head start before any sweep', async () => {
    const request = approvalRequest(tenant, { class: 'B' });
    const { approvalId, planHash } = request;
    await approvalActivities(house.platform).requestApproval({ request });
    await decideApproval(tenant.as('owner'), { approvalId, planHash, decision: 'APPROVE' });
    const { got, send } = recorder();
    expect(await dispatcher(send).sweep()).toBe(0);
    await outbox.makeDue();
    expect(await dispatcher(send).sweep()).toBe(1);
    expect(got).toHaveLength(1);
  });

  it('never throws, and keeps what did not arrive with the reason', async () => {
    const messages = await outbox.write([startMessage()]);
    const { dispatch, stop, lines, outcomes } = dispatcher(
      async () => {
        throw new Error('Temporal is away');
      },
      { firstRetryMs: 40_000, longestRetryMs: 60_000 },
    );
    expect(dispatch(messages)).toBeUndefined();
    await stop();
    const [row] = await outbox.rows();
    expect(row).toMatchObject({ attempts: 1, error: 'Temporal is away', failedAt: null });
    const wait = (row?.nextAt.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(28_000);
    expect(wait).toBeLessThanOrEqual(50_000);
    expect(lines).toEqual([['warn', 'a message to Temporal did not arrive and will be sent again']]);
    expect(outcomes).toEqual(['retried']);
  });

  it('sends later messages of a run after the earlier ones, with no sweep between', async () => {
    const run = randomUUID() as RunId;
    const messages = await outbox.write([
      startMessage(run),
      pauseMessage(run, true),
      pauseMessage(run, false),
    ]);
    const got: string[] = [];
    const gate = newGate();
    const { dispatch, stop } = dispatcher(async ({ id, message }) => {
      if (message.kind === 'startRun') await gate.opened;
      got.push(id);
    });
    dispatch(messages);
    // Both later ones were looked at, and were put off.
    const isPutOff = ({ nextAt }: { nextAt: Date }) => nextAt.getTime() > Date.now();
    await until(async () => (await outbox.rows()).slice(1).every(isPutOff));
    expect(got).toEqual([]);
    gate.open();
    await until(() => got.length === 3);
    await stop();
    expect(got).toEqual(messages.map((message) => message.id));
    expect(await outbox.rows()).toEqual([]);
  });

  it('takes nothing on after stop, and stop waits for what is being sent', async () => {
    const messages = await outbox.write([startMessage(), startMessage()]);
    const happened: string[] = [];
    const gate = newGate();
    const { dispatch, stop } = dispatcher(async () => {
      await gate.opened;
      happened.push('sent');
    });
    dispatch(messages.slice(0, 1));
    const stopped = stop().then(() => happened.push('stopped'));
    gate.open();
    await stopped;
    expect(happened).toEqual(['sent', 'stopped']);
    dispatch(messages.slice(1));
    // Would wait for a message that was taken on after all.
    await stop();
    expect(happened).toHaveLength(2);
    expect(await outbox.rows()).toHaveLength(1);
  });
});

describe('start', () => {
  it('sweeps until it is stopped', async () => {
    const { got, send } = recorder();
    const { start: begin, stop } = dispatcher(send, { busyMs: 5, idleMs: 5 });
    begin();
    await outbox.write([startMessage()]);
    await until(() => got.length === 1);
    await outbox.write([startMessage()]);
    await until(() => got.length === 2);
    await stop();
    expect(got).toHaveLength(2);
    // Another one gets all that comes now.
    const other = recorder();
    const { start: beginOther, stop: stopOther } = dispatcher(other.send, { busyMs: 5, idleMs: 5 });
    beginOther();
    for (let count = 1; count <= 5; count++) {
      await outbox.write([startMessage()]);
      await until(() => other.got.length === count);
    }
    await stopOther();
    expect([got, other.got].map(({ length }) => length)).toEqual([2, 5]);
  });

  it('outlives a database that does not answer', async () => {
    const { got, send } = recorder();
    let calls = 0;
    const lookup = {
      ...house.database.lookup,
      dueOutbox: async (limit: number) => {
        calls += 1;
        if (calls < 3) throw new Error('the database is away');
        return house.database.lookup.dueOutbox(limit);
      },
    };
    const {
      start: begin,
      stop,
      lines,
    } = testDispatcher({ database: { ...house.database, lookup } }, send, { busyMs: 5, idleMs: 5 });
    await outbox.write([startMessage()]);
    begin();
    await until(() => got.length === 1);
    await stop();
    expect(got).toHaveLength(1);
    expect(lines).toHaveLength(2);
  });
});
