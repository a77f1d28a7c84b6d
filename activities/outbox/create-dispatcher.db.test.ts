import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunId } from '../../workflows/ids.ts';
import { approvalActivities, decideApproval } from '../approvals/index.ts';
import { approvalRequest } from '../approvals/testing.ts';
import type { QueuedMessage } from '../context.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { createDispatcher, MessageRefusedError, RunNotOpenError, type DispatcherParts } from './index.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});
afterEach(() =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.outbox.deleteMany({ where: { tenantId: tenant.tenantId } }),
  ),
);

const outbox = () =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.outbox.findMany({ where: { tenantId: tenant.tenantId }, orderBy: { createdAt: 'asc' } }),
  );
const makeDue = () =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.outbox.updateMany({ where: { tenantId: tenant.tenantId }, data: { nextAt: new Date(0) } }),
  );
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes messages that were committed and never dispatched; the n-th is a millisecond younger than the one before. */
async function write(
  messages: QueuedMessage['message'][],
  more: { attempts?: number } = {},
): Promise<QueuedMessage[]> {
  const { tenantId } = tenant;
  const rows = messages.map((message) => ({ tenantId, id: randomUUID(), message }));
  const data = rows.map(({ id, message }, i) => ({
    tenantId,
    id,
    kind: message.kind,
    payload: { ...message },
    createdAt: new Date(Date.now() - 60_000 + i),
    nextAt: new Date(Date.now() - 1_000),
    ...more,
  }));
  await house.database.withTenant(tenantId, (db) => db.outbox.createMany({ data }));
  return rows;
}
const start = (runId = randomUUID() as RunId) => ({ kind: 'startRun', runId }) as const;
const pause = (runId: RunId, paused: boolean) => ({ kind: 'pauseRun', runId, paused }) as const;

function dispatcher(send: DispatcherParts['send'], timing: DispatcherParts['timing'] = {}) {
  const lines: { level: string; text: string | undefined }[] = [];
  const outcomes: string[] = [];
  const made = createDispatcher({
    database: house.database,
    send,
    log: {
      warn: (_: unknown, text?: string) => void lines.push({ level: 'warn', text }),
      error: (_: unknown, text?: string) => void lines.push({ level: 'error', text }),
    } as DispatcherParts['log'],
    metrics: { count: (_, outcome) => void outcomes.push(outcome) },
    timing: { firstRetryMs: 5, longestRetryMs: 20, ...timing },
  });
  return { ...made, lines, outcomes };
}
function recorder() {
  const got: QueuedMessage[] = [];
  return { got, send: async (message: QueuedMessage) => void got.push(message) };
}

describe('dispatch', () => {
  it('sends what a verb committed, at once, and removes it', async () => {
    const request = approvalRequest(tenant, { class: 'B' });
    const { approvalId, planHash } = request;
    await approvalActivities(house).requestApproval({ request });
    const { got, send } = recorder();
    const { dispatch, stop, outcomes } = dispatcher(send);
    const ctx = { ...tenant.as('owner'), dispatcher: { dispatch } };
    await decideApproval(ctx, { approvalId, planHash, decision: 'APPROVE' });
    await stop();
    const message = { kind: 'approvalDecided', runId: request.runId, approvalId };
    expect(got).toEqual([{ tenantId: tenant.tenantId, id: expect.any(String), message }]);
    expect(await outbox()).toEqual([]);
    expect(outcomes).toEqual(['sent']);
  });

  it('has a head start before any sweep', async () => {
    const request = approvalRequest(tenant, { class: 'B' });
    const { approvalId, planHash } = request;
    await approvalActivities(house).requestApproval({ request });
    await decideApproval(tenant.as('owner'), { approvalId, planHash, decision: 'APPROVE' });
    const { got, send } = recorder();
    expect(await dispatcher(send).sweep()).toBe(0);
    await makeDue();
    expect(await dispatcher(send).sweep()).toBe(1);
    expect(got).toHaveLength(1);
  });

  it('never throws, and keeps what did not arrive with the reason', async () => {
    const messages = await write([start()]);
    const { dispatch, stop, lines, outcomes } = dispatcher(
      async () => {
        throw new Error('Temporal is away');
      },
      { firstRetryMs: 40_000, longestRetryMs: 60_000 },
    );
    expect(dispatch(messages)).toBeUndefined();
    await stop();
    const [row] = await outbox();
    expect(row).toMatchObject({ attempts: 1, error: 'Temporal is away', failedAt: null });
    const wait = (row?.nextAt.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(28_000);
    expect(wait).toBeLessThanOrEqual(50_000);
    expect(lines).toEqual([
      { level: 'warn', text: 'a message to a run did not arrive and will be sent again' },
    ]);
    expect(outcomes).toEqual(['retried']);
  });

  it('sends later messages of a run after the earlier ones, with no sweep between', async () => {
    const run = randomUUID() as RunId;
    const messages = await write([start(run), pause(run, true), pause(run, false)]);
    const got: string[] = [];
    const { dispatch, stop } = dispatcher(async ({ id, message }) => {
      if (message.kind === 'startRun') await sleep(100);
      got.push(id);
    });
    dispatch(messages);
    await sleep(50);
    expect(got).toEqual([]);
    await sleep(200);
    await stop();
    expect(got).toEqual(messages.map((message) => message.id));
    expect(await outbox()).toEqual([]);
  });

  it('takes nothing on after stop, and stop waits for what is being sent', async () => {
    const messages = await write([start(), start()]);
    let sent = 0;
    const { dispatch, stop } = dispatcher(async () => {
      await sleep(50);
      sent += 1;
    });
    dispatch(messages.slice(0, 1));
    await stop();
    expect(sent).toBe(1);
    dispatch(messages.slice(1));
    await sleep(80);
    expect(sent).toBe(1);
    expect(await outbox()).toHaveLength(1);
  });
});

describe('sweep', () => {
  it('sends what a process wrote and never sent, since it died', async () => {
    const messages = await write([start(), start()]);
    const { got, send } = recorder();
    expect(await dispatcher(send).sweep()).toBe(2);
    expect(new Set(got.map(({ id }) => id))).toEqual(new Set(messages.map(({ id }) => id)));
    expect(await outbox()).toEqual([]);
    expect(await dispatcher(send).sweep()).toBe(0);
  });

  it('sends again what a process claimed and never finished, under the same id', async () => {
    const [message] = await write([pause(randomUUID() as RunId, true)]);
    const ids: string[] = [];
    const dying = dispatcher(({ id }) => new Promise(() => void ids.push(id)), { leaseMs: 150 });
    void dying.sweep();
    await sleep(60);
    const { got, send } = recorder();
    expect(await dispatcher(send).sweep()).toBe(0);
    await sleep(150);
    expect(await dispatcher(send).sweep()).toBe(1);
    expect([ids, got.map(({ id }) => id)]).toEqual([[message?.id], [message?.id]]);
  });

  it('tries again with growing waits until it works', async () => {
    await write([start()]);
    let calls = 0;
    const { sweep } = dispatcher(async () => {
      calls += 1;
      if (calls <= 2) throw new Error(`failure ${calls}`);
    });
    expect(await sweep()).toBe(0);
    expect(await outbox()).toMatchObject([{ attempts: 1, error: 'failure 1' }]);
    await sleep(30);
    expect(await sweep()).toBe(0);
    expect(await outbox()).toMatchObject([{ attempts: 2, error: 'failure 2' }]);
    await sleep(30);
    expect(await sweep()).toBe(1);
    expect(await outbox()).toEqual([]);
  });

  it('with two sweepers on 200 messages, sends each once', async () => {
    const messages = await write(Array.from({ length: 200 }, () => start()));
    const { got, send } = recorder();
    const slow = async (message: QueuedMessage) => {
      await sleep(Math.random() * 5);
      await send(message);
    };
    const sent = await Promise.all([dispatcher(slow).sweep(), dispatcher(slow).sweep()]);
    expect(sent[0] + sent[1]).toBe(200);
    expect(got.map(({ id }) => id).sort()).toEqual(messages.map(({ id }) => id).sort());
    expect(Math.min(...sent)).toBeGreaterThan(0);
  });

  it('keeps the order of each run, with two sweepers and failures', async () => {
    const runs = Array.from({ length: 8 }, () => randomUUID() as RunId);
    const messages = await write(
      Array.from({ length: 5 }, (_, i) =>
        runs.map((run) => (i === 0 ? start(run) : pause(run, i % 2 === 0))),
      ).flat(),
    );
    const got: string[] = [];
    const flaky = async ({ id }: QueuedMessage) => {
      await sleep(Math.random() * 4);
      if (Math.random() < 0.3) throw new Error('away');
      got.push(id);
    };
    const [one, two] = [dispatcher(flaky), dispatcher(flaky)];
    for (const end = Date.now() + 10_000; got.length < messages.length && Date.now() < end; await sleep(10)) {
      await makeDue();
      await Promise.all([one.sweep(), two.sweep()]);
    }
    expect(got).toHaveLength(40);
    for (const run of runs) {
      const ids = messages.filter(({ message }) => message.runId === run).map(({ id }) => id);
      expect(got.filter((id) => ids.includes(id))).toEqual(ids);
    }
  });

  it('does not let a run that waits hold up the others', async () => {
    const stuck = randomUUID() as RunId;
    await write([start(stuck), ...Array.from({ length: 120 }, () => pause(stuck, true)), start(), start()]);
    const { got, send } = recorder();
    const { sweep } = dispatcher(
      async (message) => {
        if (message.message.runId === stuck) throw new Error('away');
        await send(message);
      },
      { firstRetryMs: 30_000, longestRetryMs: 30_000 },
    );
    for (let i = 0; i < 3 && got.length < 2; i += 1) await sweep();
    expect(got).toHaveLength(2);
    const blocked = (await outbox()).filter((row) => row.kind === 'pauseRun');
    expect(blocked.every((row) => row.attempts === 0)).toBe(true);
  });

  it('sets a refused message aside after 20 attempts, says so, and goes on with the run', async () => {
    const run = randomUUID() as RunId;
    await write([{ kind: 'sendEvent', runId: run, name: 'paid', payload: 'x' }], { attempts: 18 });
    const [next] = await write([pause(run, true)]);
    const { got, send } = recorder();
    const { sweep, lines, outcomes } = dispatcher(async (message) => {
      if (message.message.kind === 'sendEvent') throw new MessageRefusedError('Blob size exceeds the limit');
      await send(message);
    });
    await sweep();
    expect((await outbox())[0]).toMatchObject({ attempts: 19, failedAt: null });
    await makeDue();
    await sweep();
    expect((await outbox())[0]).toMatchObject({
      attempts: 20,
      error: 'Blob size exceeds the limit',
      failedAt: expect.any(Date),
    });
    expect(lines.at(-1)).toEqual({
      level: 'error',
      text: 'a message to a run is refused again and again, and was set aside',
    });
    await makeDue();
    await sweep();
    expect(got.map(({ id }) => id)).toEqual([next?.id]);
    expect(await outbox()).toHaveLength(1);
    expect(outcomes).toEqual(['retried', 'failed', 'sent']);
  });

  it('never gives up on a failure of the way, however often it happened', async () => {
    await write([start()], { attempts: 500 });
    const { sweep } = dispatcher(async () => {
      throw new Error('away');
    });
    await sweep();
    expect(await outbox()).toMatchObject([{ attempts: 501, failedAt: null }]);
  });

  it('drops a message to a run that is over, and keeps one to a run that has not begun', async () => {
    const run = {
      workflowId: randomUUID(),
      workflowName: 'w',
      version: 1,
      hash: 'h',
      input: {},
      launchStage: 'pre-launch',
      startedBy: {},
    };
    const [queued, over] = [randomUUID() as RunId, randomUUID() as RunId];
    const { tenantId } = tenant;
    await house.database.withTenant(tenantId, (db) =>
      db.run.createMany({
        data: [
          { ...run, tenantId, id: queued, status: 'QUEUED' },
          { ...run, tenantId, id: over, status: 'SUCCEEDED' },
        ],
      }),
    );
    await write([pause(queued, true), pause(over, true)]);
    const { sweep, outcomes } = dispatcher(async () => {
      throw new RunNotOpenError('workflow execution already completed');
    });
    await sweep();
    expect((await outbox()).map((row) => (row.payload as { runId: string }).runId)).toEqual([queued]);
    expect(outcomes.sort()).toEqual(['dropped', 'retried']);
  });
});

describe('start', () => {
  it('sweeps until it is stopped', async () => {
    const { got, send } = recorder();
    const { start: begin, stop } = dispatcher(send, { busyMs: 5, idleMs: 5 });
    begin();
    await write([start()]);
    await sleep(100);
    await write([start()]);
    await sleep(100);
    await stop();
    expect(got).toHaveLength(2);
    await write([start()]);
    await sleep(50);
    expect(got).toHaveLength(2);
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
    const lines: string[] = [];
    const { start: begin, stop } = createDispatcher({
      database: { ...house.database, lookup },
      send,
      log: { warn: (_: unknown, text: string) => void lines.push(text), error: () => undefined } as never,
      timing: { busyMs: 5, idleMs: 5 },
    });
    await write([start()]);
    begin();
    await sleep(150);
    await stop();
    expect(got).toHaveLength(1);
    expect(lines).toHaveLength(2);
  });
});
