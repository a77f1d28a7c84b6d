import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RunId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, type StepEvent } from '../../workflows/runs/model.ts';
import { closeRun } from './close-run.ts';
import { recordSteps } from './record-steps.ts';
import { storeValue } from './store-value.ts';
import { noise, openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
let record: ReturnType<typeof recordSteps>;

beforeAll(async () => {
  house = await openRunHouse();
  record = recordSteps(house.deps);
});
afterAll(() => house.close());

/** Rows need no run behind them, so that a test may use as many as it likes. */
const newKey = (): RunKey => ({ tenantId: house.tenant.tenantId, runId: randomUUID() as RunId });

/** A run as its events tell it: retries, a loop, a wait, a skipped and a cancelled step. */
const STORY: StepEvent[] = [
  stepEvent({ path: 'charge', kind: 'STARTED', sequence: 0, input: { value: { url: '/1' } } }),
  stepEvent({
    path: 'charge',
    kind: 'RETRYING',
    sequence: 1,
    error: { code: 'HTTP_STATUS', message: '503', stepId: 'charge', path: 'charge', details: null },
    until: 1_700_000_009_000,
  }),
  stepEvent({ path: 'charge', kind: 'STARTED', sequence: 2, attempt: 2, input: { value: { url: '/2' } } }),
  stepEvent({ path: 'charge', kind: 'SUCCEEDED', sequence: 3, attempt: 2, output: { value: [1, null] } }),
  stepEvent({ path: 'lines', kind: 'STARTED', sequence: 4, stepKind: 'forEach' }),
  stepEvent({ path: 'lines[0]/log', kind: 'STARTED', sequence: 5 }),
  stepEvent({ path: 'lines[0]/log', kind: 'SUCCEEDED', sequence: 6, output: { value: 'a' } }),
  stepEvent({ path: 'lines[1]/log', kind: 'SKIPPED', sequence: 7 }),
  stepEvent({ path: 'lines', kind: 'SUCCEEDED', sequence: 8, stepKind: 'forEach', output: { value: ['a'] } }),
  stepEvent({ path: 'gate', kind: 'STARTED', sequence: 9 }),
  stepEvent({
    path: 'gate',
    kind: 'WAITING',
    sequence: 10,
    until: 1_700_000_099_000,
    waitingFor: 'approval',
  }),
  stepEvent({ path: 'slow', kind: 'STARTED', sequence: 11 }),
  stepEvent({ path: 'slow', kind: 'CANCELLED', sequence: 12 }),
];

describe('recordSteps', () => {
  it('tells where each step stands', async () => {
    const key = newKey();
    await record({ ...key, events: STORY });
    const { steps, events } = await house.rowsOf(key);
    expect(events).toHaveLength(STORY.length);
    expect(Object.fromEntries(steps.map((step) => [step['path'], step]))).toMatchObject({
      charge: {
        status: 'SUCCEEDED',
        attempt: 2,
        sequence: 0,
        input: { url: '/2' },
        output: [1, null],
        error: null,
        startedAt: new Date(1_700_000_000_002).toISOString(),
        finishedAt: new Date(1_700_000_000_003).toISOString(),
      },
      gate: {
        status: 'WAITING',
        waitingFor: 'approval',
        until: new Date(1_700_000_099_000).toISOString(),
        finishedAt: null,
      },
      'lines[1]/log': { status: 'SKIPPED', startedAt: null },
      slow: { status: 'CANCELLED' },
    });
    expect(events.find((event) => event['kind'] === 'RETRYING')).toMatchObject({
      data: { error: { code: 'HTTP_STATUS' }, until: new Date(1_700_000_009_000).toISOString() },
    });
  });

  it('ends in the same rows whatever the order, the batches and the repetitions', async () => {
    const expected = newKey();
    for (const event of STORY) await record({ ...expected, events: [event] });
    const rows = await house.rowsOf(expected);

    const shuffled = fc.shuffledSubarray(STORY, { minLength: STORY.length });
    const repeated = fc.shuffledSubarray(STORY);
    const sizes = fc.infiniteStream(fc.integer({ min: 1, max: 8 }));
    await fc.assert(
      fc.asyncProperty(shuffled, repeated, sizes, async (all, again, size) => {
        const key = newKey();
        const deliveries = [...all, ...again];
        while (deliveries.length > 0)
          await record({ ...key, events: deliveries.splice(0, Number(size.next().value)) });
        expect(await house.rowsOf(key)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('ends in the same rows when batches arrive side by side', async () => {
    const expected = newKey();
    await record({ ...expected, events: STORY });
    const rows = await house.rowsOf(expected);
    for (let round = 0; round < 10; round++) {
      const key = newKey();
      const batches = [STORY.slice(0, 6), STORY.slice(3, 9), STORY.slice(5), STORY.toReversed()];
      await Promise.all(batches.map((events) => record({ ...key, events })));
      expect(await house.rowsOf(key)).toEqual(rows);
    }
  });

  it('loses and doubles nothing when a killed worker counted in another order', async () => {
    const key = newKey();
    // Stored, but the task that sent them never completed: the next worker runs the same activation again, later,
    // and two branches take turns in another order.
    await record({ ...key, events: STORY.slice(0, 9) });
    const again = [...STORY.slice(4), ...STORY.slice(0, 4)].map((event, i) => ({
      ...event,
      sequence: i,
      at: event.at + 5_000,
    }));
    await record({ ...key, events: again });
    const { steps, events } = await house.rowsOf(key);
    const names = events.map(({ path, attempt, kind }) => JSON.stringify([path, attempt, kind]));
    expect(names).toHaveLength(STORY.length);
    expect(new Set(names)).toEqual(
      new Set(STORY.map(({ path, attempt, kind }) => JSON.stringify([path, attempt, kind]))),
    );
    expect(steps).toHaveLength(new Set(STORY.map(({ path }) => path)).size);
    const charge = steps.find((step) => step['path'] === 'charge');
    expect(charge).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
    expect(charge?.['startedAt']).toBe(new Date(1_700_000_000_002).toISOString());
    expect(events.find((event) => event['path'] === 'lines')).toMatchObject({
      at: new Date(1_700_000_000_004).toISOString(),
    });
  });

  it('keeps what an event said when the same event comes again with less', async () => {
    const key = newKey();
    const started = stepEvent({ path: 'a', kind: 'STARTED', sequence: 0 });
    await record({ ...key, events: [started, { ...started, sequence: 1, input: { value: 'in' } }] });
    await record({ ...key, events: [started] });
    const { steps } = await house.rowsOf(key);
    expect(steps).toMatchObject([{ input: 'in', status: 'RUNNING' }]);
  });

  it('stores what a row cannot hold beside it', async () => {
    const key = newKey();
    const deep = JSON.parse('['.repeat(1_500) + ']'.repeat(1_500)) as [];
    const outputs = ['nul \0', 'half \ud83d', '{"a":"\\u0000"}', deep, { 'key\0': 1 }, 'whole \u{1f600}'];
    const events = outputs.map((value, i) =>
      stepEvent({ path: `p${i}`, kind: 'SUCCEEDED', sequence: i, output: { value } }),
    );
    await record({ ...key, events });
    const { steps } = await house.rowsOf(key);
    const refs = steps.map((step) => step['outputRef'] !== null);
    expect(refs).toEqual([true, true, false, true, true, false]);
    expect(steps[2]).toMatchObject({ output: '{"a":"\\u0000"}' });
    expect(steps[5]).toMatchObject({ output: 'whole \u{1f600}' });
  });

  it('makes errors readable that the database could not hold', async () => {
    const key = newKey();
    const details = { body: 'half \ud83d, nul \0, text \\u0000' };
    const error = { code: 'HTTP_STATUS', message: 'a\0b', stepId: 'a', path: 'a', details };
    await record({ ...key, events: [stepEvent({ path: 'a', kind: 'FAILED', sequence: 0, error })] });
    const { steps } = await house.rowsOf(key);
    expect(steps[0]).toMatchObject({
      error: { message: 'a\ufffdb', details: { body: 'half \ufffd, nul \ufffd, text \\u0000' } },
    });
  });

  it('keeps a picked element as a value of its own', async () => {
    const key = await house.newRun();
    const list = ['small', noise(INLINE_BYTES + 1)];

    const stored = await storeValue(house.deps)({ ...key, path: 'list', value: { value: list } });
    if (!('output' in stored) || !('ref' in stored.output)) throw new Error('not stored');
    const { output: held } = stored;
    const events = [0, 1].map((at) =>
      stepEvent({ path: `p${at}`, kind: 'SUCCEEDED', sequence: at, output: { ...held, at } }),
    );
    await record({ ...key, events });
    const { steps } = await house.rowsOf(key);
    expect(steps[0]).toMatchObject({ output: 'small', outputRef: null });
    expect(steps[1]?.['outputRef']).not.toBe(held.ref);
    expect(steps[1]).toMatchObject({ output: null, outputRef: expect.any(String) });
  });
});

describe('the run’s own status', () => {
  const statusOf = (key: RunKey) =>
    house.database.withTenant(key.tenantId, (db) =>
      db.run.findFirstOrThrow({
        where: { tenantId: key.tenantId, id: key.runId },
        select: { status: true, revision: true },
      }),
    );

  it('goes forward by its revision only', async () => {
    const key = await house.newRun();
    await record({ ...key, events: [], run: { status: 'WAITING', revision: 2 } });
    await record({ ...key, events: [], run: { status: 'RUNNING', revision: 1 } });
    expect(await statusOf(key)).toEqual({ status: 'WAITING', revision: 2 });
    await record({ ...key, events: [], run: { status: 'RUNNING', revision: 3 } });
    expect(await statusOf(key)).toEqual({ status: 'RUNNING', revision: 3 });
  });

  it('never leaves the end of a run, nor comes to it', async () => {
    const key = await house.newRun();
    await record({ ...key, events: [], run: { status: 'SUCCEEDED', revision: 5 } });
    expect((await statusOf(key)).status).toBe('QUEUED');

    await closeRun(house.deps)({
      ...key,
      status: 'FAILED',
      output: null,
      error: null,
      response: null,
      events: [],
    });
    await record({ ...key, events: [], run: { status: 'RUNNING', revision: 9 } });
    expect((await statusOf(key)).status).toBe('FAILED');
  });

  it('touches no run of another tenant', async () => {
    const key = await house.newRun();
    const stranger = await house.newTenant();
    await record({
      ...key,
      tenantId: stranger.tenantId,
      events: STORY,
      run: { status: 'WAITING', revision: 9 },
    });
    expect((await statusOf(key)).status).toBe('QUEUED');
    expect(await house.rowsOf(key)).toEqual({ steps: [], events: [] });
  });
});
