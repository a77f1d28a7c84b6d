import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunId } from '../../workflows/ids.ts';
import { subjectOf, type QueuedMessage } from '../context.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { MessageRefusedError, RunNotOpenError, type DispatcherParts } from './index.ts';
import {
  newGate,
  outboxOf,
  pauseMessage,
  recorder,
  startMessage,
  testDispatcher,
  turns,
  until,
} from './testing.ts';

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

describe('sweep', () => {
  it('sends what a process wrote and never sent, since it died', async () => {
    const messages = await outbox.write([startMessage(), startMessage()]);
    const { got, send } = recorder();
    expect(await dispatcher(send).sweep()).toBe(2);
    expect(new Set(got.map(({ id }) => id))).toEqual(new Set(messages.map(({ id }) => id)));
    expect(await outbox.rows()).toEqual([]);
    expect(await dispatcher(send).sweep()).toBe(0);
  });

  it('sends again what a process claimed and never finished, under the same id', async () => {
    const [message] = await outbox.write([pauseMessage(randomUUID() as RunId, true)]);
    const ids: string[] = [];
    const dying = dispatcher(({ id }) => new Promise(() => void ids.push(id)), {
      leaseMs: 60_000,
    });
    void dying.sweep();
    await until(() => ids.length === 1);
    const { got, send } = recorder();
    expect(await dispatcher(send).sweep()).toBe(0);
    const [row] = await outbox.rows();
    expect((row?.nextAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(30_000);
    // As if its minute were over.
    await outbox.makeDue();
    expect(await dispatcher(send).sweep()).toBe(1);
    expect([ids, got.map(({ id }) => id)]).toEqual([[message?.id], [message?.id]]);
  });

  it('tries again with growing waits until it works', async () => {
    await outbox.write([startMessage()]);
    let calls = 0;
    const send = async () => {
      calls += 1;
      if (calls <= 2) throw new Error(`failure ${calls}`);
    };
    const { sweep } = dispatcher(send, { firstRetryMs: 100_000, longestRetryMs: 900_000 });
    /** How long the next attempt is put off, in milliseconds. */
    const waitAfter = async (failure: number) => {
      expect(await sweep()).toBe(0);
      const rows = await outbox.rows();
      expect(rows).toMatchObject([{ attempts: failure, error: `failure ${failure}` }]);
      await outbox.makeDue();
      return (rows[0]?.nextAt.getTime() ?? 0) - Date.now();
    };
    // With a quarter of jitter: 75 to 125 seconds, then 150 to 250.
    const [first, second] = [await waitAfter(1), await waitAfter(2)];
    expect(second).toBeGreaterThan(first);
    expect(await sweep()).toBe(1);
    expect(await outbox.rows()).toEqual([]);
  });

  it('with two sweepers on 200 messages, sends each once', async () => {
    const messages = await outbox.write(Array.from({ length: 200 }, () => startMessage()));
    const { got, send } = recorder();
    // Nothing is sent before both have begun.
    const begun = new Set<number>();
    const both = newGate();
    const sender = (name: number) => async (message: QueuedMessage) => {
      if (begun.add(name).size === 2) both.open();
      await both.opened;
      await send(message);
    };
    const sent = await Promise.all([dispatcher(sender(1)).sweep(), dispatcher(sender(2)).sweep()]);
    expect(sent[0] + sent[1]).toBe(200);
    expect(got.map(({ id }) => id).sort()).toEqual(messages.map(({ id }) => id).sort());
    expect(Math.min(...sent)).toBeGreaterThan(0);
  });

  it('keeps the order of each run, with two sweepers and failures', async () => {
    const runs = Array.from({ length: 8 }, () => randomUUID() as RunId);
    const messages = await outbox.write(
      Array.from({ length: 5 }, (_, i) =>
        runs.map((run) => (i === 0 ? startMessage(run) : pauseMessage(run, i % 2 === 0))),
      ).flat(),
    );
    const got: string[] = [];
    const flaky = async ({ id }: QueuedMessage) => {
      await turns(Math.random() * 20);
      if (Math.random() < 0.3) throw new Error('away');
      got.push(id);
    };
    const [one, two] = [dispatcher(flaky), dispatcher(flaky)];
    for (const end = Date.now() + 10_000; got.length < messages.length && Date.now() < end;) {
      await outbox.makeDue();
      await Promise.all([one.sweep(), two.sweep()]);
    }
    expect(got).toHaveLength(40);
    for (const run of runs) {
      const ids = messages.filter(({ message }) => subjectOf(message) === run).map(({ id }) => id);
      expect(got.filter((id) => ids.includes(id))).toEqual(ids);
    }
  });

  it('does not let a run that waits hold up the others', async () => {
    const stuck = randomUUID() as RunId;
    await outbox.write([
      startMessage(stuck),
      ...Array.from({ length: 120 }, () => pauseMessage(stuck, true)),
      startMessage(),
      startMessage(),
    ]);
    const { got, send } = recorder();
    const { sweep } = dispatcher(
      async (message) => {
        if (subjectOf(message.message) === stuck) throw new Error('away');
        await send(message);
      },
      { firstRetryMs: 30_000, longestRetryMs: 30_000 },
    );
    for (let i = 0; i < 3 && got.length < 2; i += 1) await sweep();
    expect(got).toHaveLength(2);
    const blocked = (await outbox.rows()).filter((row) => row.kind === 'pauseRun');
    expect(blocked.every((row) => row.attempts === 0)).toBe(true);
  });

  it('sets a refused message aside after 20 attempts, says so, and goes on with the run', async () => {
    const run = randomUUID() as RunId;
    await outbox.write([{ kind: 'sendEvent', runId: run, name: 'paid', payload: 'x' }], { attempts: 18 });
    const [next] = await outbox.write([pauseMessage(run, true)]);
    const { got, send } = recorder();
    const { sweep, lines, outcomes } = dispatcher(async (message) => {
      if (message.message.kind === 'sendEvent') throw new MessageRefusedError('Blob size exceeds the limit');
      await send(message);
    });
    await sweep();
    expect((await outbox.rows())[0]).toMatchObject({ attempts: 19, failedAt: null });
    await outbox.makeDue();
    await sweep();
    expect((await outbox.rows())[0]).toMatchObject({
      attempts: 20,
      error: 'Blob size exceeds the limit',
      failedAt: expect.any(Date),
    });
    expect(lines.at(-1)).toEqual([
      'error',
      'a message to Temporal is refused again and again, and was set aside',
    ]);
    await outbox.makeDue();
    await sweep();
    expect(got.map(({ id }) => id)).toEqual([next?.id]);
    expect(await outbox.rows()).toHaveLength(1);
    expect(outcomes).toEqual(['retried', 'failed', 'sent']);
  });

  it('takes tenants in turn: the few messages of one do not wait for the many of another', async () => {
    const other = outboxOf(house, await house.newTenant());
    await outbox.write(Array.from({ length: 300 }, () => startMessage()));
    const few = await other.write(Array.from({ length: 5 }, () => startMessage()));
    const { got, send } = recorder();
    await dispatcher(send).sweep();
    expect(got).toHaveLength(305);
    const places = few.map(({ id }) => got.findIndex((message) => message.id === id));
    // Every second one, give or take what is sent side by side.
    expect(Math.max(...places)).toBeLessThan(50);
  });

  it('never gives up on a failure of the way, however often it happened', async () => {
    await outbox.write([startMessage()], { attempts: 500 });
    const { sweep } = dispatcher(async () => {
      throw new Error('away');
    });
    await sweep();
    expect(await outbox.rows()).toMatchObject([{ attempts: 501, failedAt: null }]);
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
    await outbox.write([pauseMessage(queued, true), pauseMessage(over, true)]);
    const { sweep, outcomes } = dispatcher(async () => {
      throw new RunNotOpenError('workflow execution already completed');
    });
    await sweep();
    expect((await outbox.rows()).map((row) => row.subjectId)).toEqual([queued]);
    expect(outcomes.sort()).toEqual(['dropped', 'retried']);
  });
});
