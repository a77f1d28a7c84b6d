import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloseRunInput, CreateChildRunInput, RunKey } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, type RunError } from '../../workflows/runs/model.ts';
import { cancelChildRun } from './child-cancel.ts';
import { readChildOutcome } from './child-outcome.ts';
import { closeRun } from './close-run.ts';
import { createChildRun } from './create-child-run.ts';
import { getRun } from './get-run.ts';
import { openRun } from './open-run.ts';
import { storeValue } from './store-value.ts';
import { noise, openRunHouse, type RunHouse } from './testing.ts';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());

const error: RunError = { code: 'HTTP_STATUS', message: 'no', stepId: 'a', path: 'a', details: null };
const close = (key: RunKey, end: Partial<CloseRunInput> = {}) =>
  closeRun(house.deps)({
    ...{ ...key, status: 'SUCCEEDED', output: null, error: null, response: null, events: [] },
    ...end,
  });

async function called(parent: RunKey, fields: Partial<CreateChildRunInput> = {}): Promise<RunKey> {
  const { name } = await house.publish();
  const call = { path: 'call', workflow: name, version: null, input: { value: {} }, depth: 1 };
  const wanted = { waits: true, onParentEnd: 'cancel' as const };
  const made = await createChildRun(house.deps)({ ...parent, ...call, ...wanted, ...fields });
  if ('error' in made) throw new Error(made.error.message);
  return { ...parent, runId: made.runId };
}
const childKey = (parent: RunKey, { runId: childRunId }: RunKey) => ({ ...parent, childRunId });
const outcome = (parent: RunKey, child: RunKey) => readChildOutcome(house.deps)(childKey(parent, child));

/** The messages for a run that were written, oldest first. */
async function messagesTo({ tenantId, runId }: RunKey): Promise<unknown[]> {
  return house.database.withTenant(tenantId, async (db) => {
    const rows = await db.outbox.findMany({ where: { subjectId: runId }, orderBy: { number: 'asc' } });
    return rows.map(({ payload }) => payload);
  });
}

describe('readChildOutcome', () => {
  it('is null while the child goes on, then tells how it ended', async () => {
    const parent = await house.newRun();
    const ends: [Partial<CloseRunInput>, object][] = [
      [{ output: { value: { n: 1 } } }, { status: 'SUCCEEDED', output: { value: { n: 1 } } }],
      [
        { status: 'FAILED', error },
        { status: 'FAILED', error },
      ],
      [
        { status: 'TIMED_OUT', error },
        { status: 'TIMED_OUT', error },
      ],
      [{ status: 'CANCELLED' }, { status: 'CANCELLED' }],
    ];
    for (const [i, [end, told]] of ends.entries()) {
      const child = await called(parent, { path: `call${i}` });
      expect(await outcome(parent, child)).toBeNull();
      await close(child, end);
      expect(await outcome(parent, child)).toEqual(told);
    }
  });

  it('gives a large output by reference, which the caller can read', async () => {
    const parent = await house.newRun();
    const child = await called(parent);
    const text = noise(INLINE_BYTES);
    const stored = await storeValue(house.deps)({ ...child, path: 'a', value: { value: text } });
    if (!('output' in stored)) throw new Error('not stored');
    await close(child, { output: stored.output });
    const told = await outcome(parent, child);
    if (told?.status !== 'SUCCEEDED') throw new Error('not succeeded');
    expect(told.output).toMatchObject({ ref: expect.any(String) });
    expect(await house.deps.values.read(parent, told.output)).toBe(text);
  });

  it('tells nothing of a run that this one did not call', async () => {
    const [parent, other] = [await house.newRun(), await house.newRun()];
    await expect(outcome(other, await called(parent))).rejects.toThrow();
  });
});

describe('the end of a called run', () => {
  it('is told to the caller that waits and goes on, once', async () => {
    const parent = await house.newRun();
    const child = await called(parent);
    await close(child);
    await close(child);
    const told = { kind: 'childEnded', runId: parent.runId, childRunId: child.runId };
    expect(await messagesTo(parent)).toEqual([expect.objectContaining({ kind: 'startRun' }), told]);
  });

  it.each<[string, Partial<CreateChildRunInput>, boolean]>([
    ['that does not wait', { waits: false }, false],
    ['that is over', {}, true],
  ])('is not told to one %s', async (_, fields, over) => {
    const parent = await house.newRun();
    const child = await called(parent, fields);
    if (over) await close(parent);
    await close(child);
    expect(await messagesTo(parent)).toEqual([expect.objectContaining({ kind: 'startRun' })]);
  });
});

describe('a child that is to end with its caller', () => {
  it('is asked to stop by the caller, and is started in order to end when it never was', async () => {
    const parent = await house.newRun();
    const child = await called(parent);
    expect(await cancelChildRun(house.deps)(childKey(parent, child))).toBe(true);
    const { runId } = child;
    expect(await messagesTo(child)).toEqual([
      { kind: 'startRun', runId },
      { kind: 'cancelRun', runId },
    ]);
    const view = await getRun(house.tenant.as('viewer'), { runId });
    expect(view.cancelRequestedAt).not.toBeNull();
    await close(child, { status: 'CANCELLED' });
    expect(await cancelChildRun(house.deps)(childKey(parent, child))).toBe(false);
  });

  it.each<['cancel' | 'leave', boolean]>([
    ['cancel', true],
    ['leave', false],
  ])('%s: asked to stop when the caller was ended from outside: %s', async (onParentEnd, asked) => {
    const parent = await house.newRun();
    const child = await called(parent, { onParentEnd });
    await openRun(house.deps)(child);
    await close(parent, { status: 'FAILED', error });
    const { runId } = child;
    expect(await messagesTo(child)).toEqual(asked ? [{ kind: 'cancelRun', runId }] : []);
  });
});
