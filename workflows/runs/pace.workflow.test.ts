import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import type { EffectInput, EffectOutcome } from './activities.ts';
import { FakeWorld, TrialBench } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const HOUR = 3_600_000;
const step = (value: unknown) => value as Step;
const http = (id: string, more = {}) =>
  step({ id, kind: 'http', with: { connection: 'shop', path: '/' }, ...more });
const now = () => bench.environment.currentTimeMs();

/** Has every effect wait for an hour, and notes when it then goes out and when it was due. */
function paced(answer: (input: EffectInput) => EffectOutcome = () => ({ output: { value: 'sent' } })) {
  const sent: { path: string; attempt: number; at: number; due: number }[] = [];
  const due = new Map<string, number>();
  const effect = async (input: EffectInput): Promise<EffectOutcome> => {
    const name = `${input.path}#${input.attempt}`;
    if (!input.reserved) {
      due.set(name, (await now()) + HOUR);
      return { notBefore: due.get(name)!, connection: 'shop' };
    }
    sent.push({ path: input.path, attempt: input.attempt, at: await now(), due: due.get(name)! });
    return answer(input);
  };
  return { sent, effect };
}

describe('a step whose connection has a rate limit', () => {
  it('waits for its slot, shown as WAITING, and then goes out once', async () => {
    const world = new FakeWorld();
    const { sent, effect } = paced();
    const end = await bench.run(world, { steps: [http('call')], effect });
    expect(end).toMatchObject({ status: 'SUCCEEDED', output: { value: 'sent' } });
    expect(sent).toHaveLength(1);
    expect(sent[0]!.at).toBeGreaterThanOrEqual(sent[0]!.due);
    expect(world.effects.map(({ reserved }) => reserved)).toEqual([undefined, true]);
    expect(new Set(world.effects.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    const waiting = world.events.find(({ kind }) => kind === 'WAITING');
    expect(waiting).toMatchObject({ waitingFor: 'rate limit of connection shop', until: sent[0]!.due });
    expect(world.statuses).toContain('WAITING');
  });

  it('takes a slot for each attempt', async () => {
    const world = new FakeWorld();
    const broken = { code: 'HTTP_STATUS', message: '503', details: null, retryable: true };
    const { sent, effect } = paced(({ attempt }) =>
      attempt === 1 ? { error: broken } : { output: { value: attempt } },
    );
    const steps = [http('call', { retry: { attempts: 2, firstDelaySeconds: 1 } })];
    expect(await bench.run(world, { steps, effect })).toMatchObject({ status: 'SUCCEEDED' });
    expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(sent.every(({ at, due }) => at >= due)).toBe(true);
  });

  it('is not held against its own time limit, and stops waiting when the run is cancelled', async () => {
    const world = new FakeWorld();
    const { sent, effect } = paced();
    const limited = await bench.run(world, { steps: [http('call', { timeoutSeconds: 5 })], effect });
    expect([limited.status, sent.length]).toEqual(['SUCCEEDED', 1]);

    const cancelled = new FakeWorld();
    const end = await bench.run(cancelled, { steps: [http('call')], effect }, async (handle) => {
      while (!cancelled.history().includes('call WAITING'))
        await new Promise((resolve) => setImmediate(resolve));
      await handle.cancel();
    });
    expect([end.status, sent.length]).toEqual(['CANCELLED', 1]);
  });

  it('keeps its slot in a new history', async () => {
    const world = new FakeWorld();
    const { sent, effect } = paced();
    const pace = { notBefore: (await now()) + HOUR, connection: 'shop' };
    const seed = {
      journal: { children: { call: { attempts: 1, open: { pace } } } },
      response: null,
      sequence: 0,
    };
    expect(await bench.run(world, { steps: [http('call')], effect, seed })).toMatchObject({
      status: 'SUCCEEDED',
    });
    expect(world.effects).toMatchObject([{ attempt: 1, reserved: true }]);
    expect(sent[0]!.at).toBeGreaterThanOrEqual(pace.notBefore);
  });
});

describe('a run that waits for its place', () => {
  it('counts its time limit from the moment when it has it', async () => {
    const world = new FakeWorld();
    const open = world.activities.openRun;
    let queued = true;
    world.activities.openRun = async (key) => ({
      ...(await open(key)),
      ...(queued ? { admission: 'queued' } : {}),
    });
    const flow = { limits: { timeoutSeconds: 60 } };
    const steps = [step({ id: 'rest', kind: 'wait', with: { seconds: 50 } })];
    const end = await bench.run(world, { steps, flow }, async (handle) => {
      await bench.environment.sleep(HOUR);
      queued = false;
      await handle.signal('admitted', { id: 'a' });
    });
    expect(end.status).toBe('SUCCEEDED');
  });
});
