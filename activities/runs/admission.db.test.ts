import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Flow } from '../../workflows/definitions/model.ts';
import { globalId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { CloseRunInput, RunKey } from '../../workflows/runs/activities.ts';
import type { OpenedRun } from '../../workflows/runs/model.ts';
import { createWorkflow, getWorkflow, saveDraft } from '../definitions/index.ts';
import { publishWorkflow } from '../publishing/index.ts';
import type { TestTenant } from '../testing.ts';
import { cancelRun } from './cancel-run.ts';
import { closeRun } from './close-run.ts';
import { createChildRun } from './create-child-run.ts';
import { getRun } from './get-run.ts';
import { openRun } from './open-run.ts';
import { startRun } from './start-run.ts';
import { noise, openRunHouse, type RunHouse } from './testing.ts';

type Concurrency = NonNullable<NonNullable<Flow['limits']>['concurrency']>;

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());
beforeEach(() => void house.dispatched.splice(0));

const open = (key: RunKey) => openRun(house.deps)(key);
const close = (key: RunKey, end: Partial<CloseRunInput> = {}) =>
  closeRun(house.deps)({
    ...{ ...key, status: 'SUCCEEDED', output: null, error: null, response: null, events: [] },
    ...end,
  });
const limited = (concurrency: Concurrency) => house.publish({ limits: { concurrency } });
async function start(
  workflowId: string,
  input: Json = {},
  tenant: TestTenant = house.tenant,
): Promise<RunKey> {
  const { id } = await startRun(tenant.as('owner'), { workflowId, input });
  return { tenantId: tenant.tenantId, runId: id };
}
async function startMany(workflowId: string, count: number, input: Json = {}): Promise<RunKey[]> {
  const keys: RunKey[] = [];
  for (let i = 0; i < count; i++) keys.push(await start(workflowId, input));
  return keys;
}
async function publishLimit(workflowId: string, limit: number): Promise<void> {
  const owner = house.tenant.as('owner');
  const { draft } = await getWorkflow(owner, { id: workflowId });
  const definition = { ...draft.definition, limits: { concurrency: { limit } } };
  await saveDraft(owner, { workflowId, definition, basedOnHash: draft.hash });
  await publishWorkflow(owner, { workflowId });
}
async function call(parent: RunKey, workflow: string, depth: number): Promise<RunKey> {
  const wanted = {
    path: 'call',
    workflow: globalId('workflow', workflow),
    version: null,
    input: { value: {} },
    depth,
  };
  const child = await createChildRun(house.deps)({ ...parent, ...wanted });
  if ('error' in child) throw new Error(child.error.message);
  return { ...parent, runId: child.runId };
}
const statusOf = async ({ runId }: RunKey) => (await getRun(house.tenant.as('viewer'), { runId })).status;
const stateOf = (opened: OpenedRun) =>
  opened.admission === undefined || opened.admission === 'queued'
    ? (opened.admission ?? 'admitted')
    : opened.admission.status;
/** The runs that were told of their place since the last look. */
const admitted = () =>
  house.dispatched.splice(0).flatMap(({ message }) => (message.kind === 'admitRun' ? [message.runId] : []));
const ids = (keys: RunKey[]) => keys.map(({ runId }) => runId);
/** How many runs of the workflow have a place now. */
const holding = (workflowId: string, tenant = house.tenant) =>
  house.database.withTenant(tenant.tenantId, (db) =>
    db.run.count({ where: { workflowId, admittedAt: { not: null }, finishedAt: null } }),
  );

describe('a limit on runs at once', () => {
  it('lets 20 runs that open at once through three at a time, in the order in which they were made', async () => {
    const { id } = await limited({ limit: 3 });
    const keys = await startMany(id, 20);
    const opened = await Promise.all(keys.map(open));
    const going = keys.filter((_, i) => stateOf(opened[i]!) === 'admitted');
    expect(going).toHaveLength(3);
    expect(opened.filter((one) => stateOf(one) === 'queued')).toHaveLength(17);
    expect(admitted()).toEqual([]);

    const queue = keys.filter((key) => !going.includes(key));
    const order: string[] = [];
    while (going.length > 0) {
      expect(await holding(id)).toBeLessThanOrEqual(3);
      await close(going.shift()!);
      for (const runId of admitted()) {
        order.push(runId);
        const key = keys.find((one) => one.runId === runId)!;
        expect(await statusOf(key)).toBe('QUEUED');
        expect(stateOf(await open(key))).toBe('admitted');
        going.push(key);
      }
    }
    expect(order).toEqual(ids(queue));
    expect(await Promise.all(keys.map(statusOf))).toEqual(keys.map(() => 'SUCCEEDED'));
  });

  it('holds while runs open and end side by side', async () => {
    const { id } = await limited({ limit: 3 });
    const keys = await startMany(id, 20);
    const most: number[] = [];
    const live = async (key: RunKey): Promise<void> => {
      if (stateOf(await open(key)) === 'queued') return;
      most.push(await holding(id));
      await close(key);
      await Promise.all(admitted().map((runId) => live({ ...key, runId })));
    };
    await Promise.all(keys.map(live));
    expect(Math.max(...most)).toBeLessThanOrEqual(3);
    expect(await Promise.all(keys.map(statusOf))).toEqual(keys.map(() => 'SUCCEEDED'));
  });

  it('begins the time of a run when it has its place', async () => {
    const { id } = await limited({ limit: 1 });
    const [first, second] = (await startMany(id, 2)) as [RunKey, RunKey];
    await open(first);
    await open(second);
    expect((await getRun(house.tenant.as('viewer'), { runId: second.runId })).startedAt).toBeNull();
    await close(first);
    const ended = Date.parse((await getRun(house.tenant.as('viewer'), { runId: first.runId })).finishedAt!);
    expect(Date.parse((await open(second)).startedAt)).toBeGreaterThanOrEqual(ended);
    expect((await getRun(house.tenant.as('viewer'), { runId: second.runId })).startedAt).not.toBeNull();
  });

  it('changes nothing when an open or an end comes twice', async () => {
    const { id } = await limited({ limit: 1 });
    const [first, second, third] = (await startMany(id, 3)) as [RunKey, RunKey, RunKey];
    const opened = await open(first);
    expect(await open(first)).toEqual(opened);
    for (const key of [second, third, second]) expect(stateOf(await open(key))).toBe('queued');
    await close(first);
    expect(admitted()).toEqual([second.runId]);
    await close(first);
    expect(admitted()).toEqual([]);
    expect(stateOf(await open(third))).toBe('queued');
    expect(admitted()).toEqual([]);
    expect(await holding(id)).toBe(1);
    expect(stateOf(await open(second))).toBe('admitted');
    expect(stateOf(await open(second))).toBe('admitted');
  });

  it('gives up the place of a run in the queue that is cancelled, and of one that failed', async () => {
    const { id } = await limited({ limit: 1 });
    const [first, second, third] = (await startMany(id, 3)) as [RunKey, RunKey, RunKey];
    for (const key of [first, second, third]) await open(key);
    await close(second, { status: 'CANCELLED' });
    expect(admitted()).toEqual([]);
    await close(first, { status: 'FAILED' });
    expect(admitted()).toEqual([third.runId]);
  });

  it.each<[string, Json, Json, 'admitted' | 'queued']>([
    ['another customer', { customer: 'a' }, { customer: 'b' }, 'admitted'],
    ['the same customer', { customer: 'a' }, { customer: 'a' }, 'queued'],
    ['nobody twice', {}, {}, 'queued'],
    ['a number and the text of it', { customer: 1 }, { customer: '1' }, 'queued'],
    ['an object with the same content', { customer: { n: 1 } }, { customer: { n: 1 } }, 'queued'],
  ])('counts by key: %s', async (_, left, right, expected) => {
    const { id } = await limited({ limit: 1, key: '{{ input.customer }}' });
    expect(stateOf(await open(await start(id, left)))).toBe('admitted');
    expect(stateOf(await open(await start(id, right)))).toBe(expected);
  });

  it('reads a key from an input that is stored apart', async () => {
    const { id } = await limited({ limit: 1, key: '{{ $substring(input.text, 0, 5) }}' });
    const text = noise(70_000);
    expect(stateOf(await open(await start(id, { text })))).toBe('admitted');
    expect(stateOf(await open(await start(id, { text })))).toBe('queued');
  });

  it.each([
    ['an expression that fails', '{{ $sqrt(-1) }}', {}],
    ['a key that is too long', '{{ input.text }}', { text: 'x'.repeat(513) }],
    ['a key that the database cannot hold', '{{ "a\\u0000" }}', {}],
    ['half a character', '{{ "a\\ud800" }}', {}],
  ])('fails a run with %s', async (_, key, input) => {
    const { id } = await limited({ limit: 1, key });
    const { admission } = await open(await start(id, input));
    expect(admission).toMatchObject({
      status: 'FAILED',
      error: { code: 'EXPRESSION_FAILED', message: expect.stringContaining('limits.concurrency.key') },
    });
  });

  it('keeps two organisations apart', async () => {
    const other = await house.newTenant();
    const { id } = await limited({ limit: 1 });
    expect(stateOf(await open(await start(id)))).toBe('admitted');
    const theirs = await createWorkflow(other.as('owner'), {
      name: 'Theirs',
      definition: {
        flow: 'v1',
        steps: [{ id: 'only', kind: 'transform', with: { value: 1 } }],
        limits: { concurrency: { limit: 1 } },
      },
    });
    await publishWorkflow(other.as('owner'), { workflowId: theirs.id });
    expect(stateOf(await open(await start(theirs.id, {}, other)))).toBe('admitted');
    expect(stateOf(await open(await start(theirs.id, {}, other)))).toBe('queued');
  });

  it('goes by the limit of the version that asks, and lets nobody overtake', async () => {
    const { id } = await limited({ limit: 1 });
    const [first, second] = (await startMany(id, 2)) as [RunKey, RunKey];
    await open(first);
    await open(second);
    await publishLimit(id, 3);
    const [third, fourth] = (await startMany(id, 2)) as [RunKey, RunKey];
    expect(stateOf(await open(third))).toBe('queued');
    expect(stateOf(await open(fourth))).toBe('queued');
    await close(first);
    // The second by its limit of one, the others by theirs of three.
    expect(admitted().sort()).toEqual(ids([second, third, fourth]).sort());
  });

  it('lets a called run share the place of the run that called it', async () => {
    const { id } = await limited({ limit: 1 });
    const { id: unlimited } = await house.publish();
    const first = await start(id);
    await open(first);
    const between = await call(first, unlimited, 1);
    expect(stateOf(await open(between))).toBe('admitted');
    const inner = await call(between, id, 2);
    expect(stateOf(await open(inner))).toBe('admitted');
    expect(stateOf(await open(await start(id)))).toBe('queued');
    await close(inner);
    expect(admitted()).toEqual([]);
    await close(first);
    expect(admitted()).toHaveLength(1);
  });

  it('holds no place for the test of a draft', async () => {
    const { id } = await limited({ limit: 1 });
    const [test, run] = (await startMany(id, 2)) as [RunKey, RunKey];
    await house.database.withTenant(test.tenantId, (db) =>
      db.run.updateMany({ where: { id: test.runId }, data: { test: {} } }),
    );
    expect(stateOf(await open(run))).toBe('admitted');
    expect(stateOf(await open(test))).toBe('admitted');
  });
});

describe('whenFull: skip', () => {
  it('ends the run at once as CANCELLED, with the reason, and keeps it out of the queue', async () => {
    const { id } = await limited({ limit: 2, key: '{{ input.shop }}', whenFull: 'skip' });
    const [first, second, third] = (await startMany(id, 3, { shop: 'north' })) as [RunKey, RunKey, RunKey];
    await open(first);
    await open(second);
    const { admission } = await open(third);
    expect(admission).toMatchObject({
      status: 'CANCELLED',
      error: { code: 'CONCURRENCY_FULL', details: { limit: 2, key: 'north' } },
    });
    await close(first);
    expect(admitted()).toEqual([]);
    if (!admission || admission === 'queued') throw new Error('it was not turned away');
    await close(third, admission);
    expect(await getRun(house.tenant.as('viewer'), { runId: third.runId })).toMatchObject({
      status: 'CANCELLED',
      error: { code: 'CONCURRENCY_FULL' },
      startedAt: null,
    });
    expect(stateOf(await open(await start(id, { shop: 'north' })))).toBe('admitted');
  });
});

describe('whenFull: cancelOldest', () => {
  const cancelled = () =>
    house.dispatched
      .splice(0)
      .flatMap(({ message }) => (message.kind === 'cancelRun' ? [message.runId] : []));

  it('asks the oldest to stop, once, and begins when it has', async () => {
    const { id } = await limited({ limit: 2, whenFull: 'cancelOldest' });
    const keys = await startMany(id, 3);
    const [first, second, third] = keys as [RunKey, RunKey, RunKey];
    for (const key of [first, second]) expect(stateOf(await open(key))).toBe('admitted');
    house.dispatched.splice(0);
    expect(stateOf(await open(third))).toBe('queued');
    expect(stateOf(await open(third))).toBe('queued');
    expect(cancelled()).toEqual([first.runId]);
    const audit = await house.database.withTenant(first.tenantId, (db) =>
      db.auditEvent.findMany({ where: { action: 'run.cancel', target: first.runId } }),
    );
    expect(audit).toMatchObject([{ actor: { kind: 'workflow', runId: third.runId } }]);
    expect((await open(first)).cancelRequested).toBe(true);
    await close(first, { status: 'CANCELLED' });
    expect(admitted()).toEqual([third.runId]);
    expect(stateOf(await open(third))).toBe('admitted');
  });

  it('keeps the newest of many that come while one is ending', async () => {
    const { id } = await limited({ limit: 1, whenFull: 'cancelOldest' });
    const keys = await startMany(id, 4);
    const [first, second, third, fourth] = keys as [RunKey, RunKey, RunKey, RunKey];
    for (const key of keys) await open(key);
    expect(cancelled()).toEqual(ids([first, second, third]));
    for (const key of [second, third, first]) await close(key, { status: 'CANCELLED' });
    expect(stateOf(await open(fourth))).toBe('admitted');
  });

  it('leaves alone a run that a person has cancelled already', async () => {
    const { id } = await limited({ limit: 1, whenFull: 'cancelOldest' });
    const [first, second] = (await startMany(id, 2)) as [RunKey, RunKey];
    await open(first);
    await cancelRun(house.tenant.as('operator'), { runId: first.runId });
    house.dispatched.splice(0);
    await open(second);
    expect(cancelled()).toEqual([]);
  });
});
