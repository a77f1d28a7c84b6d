import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CancelledFailure } from '@temporalio/common';
import type { EffectInput, RunKey } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, OUTPUT_BYTES, type StepEvent } from '../../workflows/runs/model.ts';
import { until } from '../../workers/testing/until.ts';
import { createConnection } from '../connections/index.ts';
import { createLogger } from '../log.ts';
import type { EffectCall, EffectExecutor } from './effect-executor.ts';
import { executeEffect } from './execute-effect.ts';
import { holdValue } from './hold-value.ts';
import { noise, openRunHouse, type RunHouse } from './testing.ts';

let house: RunHouse;
let key: RunKey;
let calls: EffectCall[];
let heartbeats: number;
let cancel: AbortController;
let logged: string;

beforeAll(async () => {
  house = await openRunHouse();
  key = await house.newRun();
  const owner = house.tenant.as('owner');
  const settings = { baseUrl: 'https://shop.example' };
  await createConnection(owner, {
    name: 'shop',
    kind: 'HTTP',
    settings,
    secrets: { bearer: 'canary-secret' },
  });
});
afterAll(() => house.close());
beforeEach(() => {
  calls = [];
  heartbeats = 0;
  cancel = new AbortController();
  logged = '';
});

/** Runs one attempt with an executor of the test's own. */
function execute(executor: EffectExecutor, fields: Partial<EffectInput> = {}) {
  const noted: EffectExecutor = (call, tools) => {
    calls.push(call);
    return executor(call, tools);
  };
  const log = createLogger({ level: 'trace', pretty: false }, { write: (line) => void (logged += line) });
  const run = executeEffect({
    ...house.deps,
    log,
    executors: { http: noted, postgres: noted, email: noted },
    activity: () => ({ heartbeat: () => heartbeats++, cancelled: cancel.signal }),
  });
  return run({
    ...key,
    kind: 'http',
    stepId: 'charge',
    path: 'charge',
    attempt: 1,
    idempotencyKey: 'run_1/charge',
    with: { value: { url: 'https://example.org' } },
    timeoutSeconds: 30,
    ...fields,
  });
}

const answer: EffectExecutor = () => Promise.resolve({ output: 'done' });
const untilAborted: EffectExecutor = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The socket was closed')));
  });

describe('executeEffect', () => {
  const event = (fields: Partial<StepEvent>): StepEvent => ({
    ...{ path: 'before', stepId: 'before', stepKind: 'transform', attempt: 1, sequence: 0, at: 0 },
    ...{ kind: 'STARTED', ...fields },
  });
  const stored = (path: string) =>
    house.database.withTenant(key.tenantId, (db) => db.runEvent.count({ where: { runId: key.runId, path } }));
  const untilStored = (path: string) => async () => {
    await until(path, async () => (await stored(path)) > 0);
    return { output: 'done' };
  };

  it('stores the events that came along while it takes long, and says so', async () => {
    const record = { events: [event({ path: 'long' })] };
    expect(await execute(untilStored('long'), { record })).toEqual({
      output: { value: 'done' },
      recorded: true,
    });
  });

  it('stores at once what has waited for long, and leaves the rest when it is quick', async () => {
    const late = { events: [event({ path: 'late' }), event({ path: 'late', kind: 'SUCCEEDED', at: 250 })] };
    expect(await execute(untilStored('late'), { record: late })).toMatchObject({ recorded: true });
    const record = { events: [event({ path: 'quick' })] };
    expect(await execute(answer, { record })).toEqual({ output: { value: 'done' } });
    expect(await stored('quick')).toBe(0);
  });

  it('keeps the outcome when the events cannot be stored', async () => {
    const record = { events: [event({ path: 'broken', sequence: 2 ** 40 })] };
    const slow: EffectExecutor = async () => {
      await until('the warning', () => logged.includes('could not be stored'));
      return { output: 'done' };
    };
    expect(await execute(slow, { record })).toEqual({ output: { value: 'done' } });
  });

  it('goes on with its heartbeats until a slow database has stored the events', async () => {
    let heardBefore: number | null = null;
    let locked = false;
    let storingWaits = false;
    const slow = house.database.withTenant(key.tenantId, async (db) => {
      await db.$queryRaw`SELECT id FROM run WHERE id = ${key.runId}::uuid FOR UPDATE`;
      locked = true;
      await until('the storing to wait for the row', async () => {
        const waiting = await db.$queryRaw<unknown[]>`
          SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return waiting.length > 0;
      });
      storingWaits = true;
      await until('a heartbeat after the effect', () => heardBefore !== null && heartbeats > heardBefore);
    });
    await until('the lock', () => locked);
    const effect: EffectExecutor = async () => {
      await until('the storing', () => storingWaits);
      heardBefore = heartbeats;
      return { output: 'done' };
    };
    const record = { events: [event({ path: 'slow' })], run: { status: 'RUNNING' as const, revision: 1 } };
    expect(await execute(effect, { record })).toEqual({ output: { value: 'done' }, recorded: true });
    await slow;
  });

  it('hands over what the step evaluated, and gives what came of it', async () => {
    expect(await execute(answer)).toEqual({ output: { value: 'done' } });
    expect(calls).toMatchObject([
      {
        with: { url: 'https://example.org' },
        connection: null,
        idempotencyKey: 'run_1/charge',
        runId: key.runId,
        path: 'charge',
        timeoutSeconds: 30,
      },
    ]);
    expect(heartbeats).toBeGreaterThan(0);
  });

  it('gives the time of the slot instead, where the connection has a rate limit, unless one is reserved', async () => {
    const rateLimit = { requests: 1, perSeconds: 60 };
    const settings = { baseUrl: 'https://slow.example', rateLimit };
    await createConnection(house.tenant.as('owner'), { name: 'slow', kind: 'HTTP', settings });
    const call = { with: { value: { connection: 'slow', path: '/' } } };
    expect(await execute(answer, call)).toEqual({ output: { value: 'done' } });
    const outcome = await execute(answer, call);
    expect(outcome).toEqual({ notBefore: expect.any(Number), connection: 'slow' });
    expect(calls).toHaveLength(1);
    expect(await execute(answer, { ...call, reserved: true })).toEqual({ output: { value: 'done' } });
    expect(calls).toHaveLength(2);
  });

  it('opens the connection by its name, for the executor only', async () => {
    await execute(answer, { with: { value: { connection: 'shop', path: '/' } } });
    expect(calls[0]?.connection).toMatchObject({ name: 'shop', secrets: { bearer: 'canary-secret' } });
    expect(logged).toContain('Effect done');
    expect(logged).not.toContain('canary-secret');
  });

  it.each([
    ['http', { connection: 'none' }, 'There is no connection "none". Create it, or name one that exists.'],
    [
      'email',
      { to: 'a@b.example' },
      'There is no connection for e-mail. Create one of kind SMTP, named "email".',
    ],
  ] as const)('says which connection is missing for %s', async (kind, value, message) => {
    expect(await execute(answer, { kind, with: { value } })).toMatchObject({
      error: { code: 'CONNECTION_MISSING', message, retryable: false },
    });
    expect(calls).toEqual([]);
  });

  it('evaluates a template that needs stored values here', async () => {
    const stored = await holdValue(
      house.database,
      { ...key, path: 'rows' },
      { value: [{ id: 7 }], outside: true },
    );
    if (!('output' in stored)) throw new Error('refused');
    const scope = {
      input: { value: { a: 1 } },
      steps: { rows: stored },
      vars: {},
      run: { id: 'run_1', startedAt: '2030-01-01T00:00:00.000Z', attempt: 1 },
    };
    await execute(answer, { with: { value: { body: '{{ steps.rows.output[0].id }}' } }, scope });
    expect(calls[0]?.with).toEqual({ body: 7 });
    const failed = await execute(answer, { with: { value: { body: '{{ $number("x") }}' } }, scope });
    expect(failed).toMatchObject({ error: { code: 'EXPRESSION_FAILED' } });
  });

  it('stores a large output and refuses one over the limit', async () => {
    const text = noise(INLINE_BYTES);
    const outcome = await execute(() => Promise.resolve({ output: text }));
    if (!('output' in outcome)) throw new Error('refused');
    expect(outcome.output).toHaveProperty('ref');
    expect(await house.deps.values.read(key, outcome.output)).toBe(text);
    expect(await execute(() => Promise.resolve({ output: 'x'.repeat(OUTPUT_BYTES) }))).toMatchObject({
      error: { code: 'OUTPUT_TOO_LARGE', retryable: false },
    });
  });

  it('ends at the time limit, whatever the executor makes of it', async () => {
    const timedOut = { error: { code: 'STEP_TIMED_OUT', retryable: true } };
    expect(await execute(untilAborted, { timeoutSeconds: 0.05 })).toMatchObject(timedOut);
    const reported: EffectExecutor = async (call, tools) => {
      await untilAborted(call, tools).catch(() => undefined);
      return { error: { code: 'HTTP_NETWORK', message: 'closed', details: null, retryable: true } };
    };
    expect(await execute(reported, { timeoutSeconds: 0.05 })).toMatchObject(timedOut);
  });

  it.each([1.2345, 31_622_400])('takes a time limit of %d seconds', async (timeoutSeconds) => {
    const soon: EffectExecutor = async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      signal.throwIfAborted();
      return { output: null };
    };
    expect(await execute(soon, { timeoutSeconds })).toEqual({ output: { value: null } });
  });

  it('ends with the cancellation when it is cancelled', async () => {
    const reason = new CancelledFailure('CANCELLED');
    setTimeout(() => cancel.abort(reason), 20);
    await expect(execute(untilAborted)).rejects.toBe(reason);
  });

  it('keeps a result that came before the end was noticed', async () => {
    const late: EffectExecutor = async (call, tools) => {
      await untilAborted(call, tools).catch(() => undefined);
      return { output: 'in time' };
    };
    expect(await execute(late, { timeoutSeconds: 0.05 })).toEqual({ output: { value: 'in time' } });
  });

  it('reports expected failures and throws unknown ones', async () => {
    const error = { code: 'HTTP_STATUS', message: '503', details: { status: 503 }, retryable: true };
    expect(await execute(() => Promise.resolve({ error }))).toEqual({ error });
    await expect(execute(() => Promise.reject(new TypeError('a fault of ours')))).rejects.toThrow('a fault');
  });
});
