import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { createWorkflow, getWorkflow, saveDraft } from '../definitions/index.ts';
import { archiveWorkflow, publishWorkflow } from '../publishing/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  backfillSchedule,
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  previewBackfill,
  requestBackfill,
  resumeSchedule,
  triggerSchedule,
  updateSchedule,
  type ScheduleTimes,
} from './index.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
  house.dispatched.length = 0;
});

const STEPS = [{ id: 'only', kind: 'transform', with: { value: 1 } }];
const flow = (parts: Partial<Flow>) => ({ flow: 'v1', steps: STEPS, ...parts }) as unknown as JsonObject;
const builder = () => tenant.as('builder');

async function newWorkflow(parts: Partial<Flow> = {}): Promise<string> {
  const { id } = await createWorkflow(builder(), { name: randomUUID(), definition: flow(parts) });
  await publishWorkflow(builder(), { workflowId: id });
  return id;
}
async function republish(workflowId: string, parts: Partial<Flow>): Promise<void> {
  const { draft } = await getWorkflow(builder(), { id: workflowId });
  await saveDraft(builder(), { workflowId, definition: flow(parts), basedOnHash: draft.hash });
  await publishWorkflow(builder(), { workflowId });
}
const newSchedule = async (more: object = {}) =>
  createSchedule(builder(), {
    workflowId: await newWorkflow(),
    name: 'Daily',
    crons: ['0 6 * * *'],
    ...more,
  });
const list = async (workflowId: string) => {
  const { items } = await listSchedules(builder(), { workflowId });
  return items.map(({ node }) => node).reverse();
};
/** What Temporal was told of schedules since the test began. */
const told = () =>
  house.dispatched.map(({ message }) => message).filter((message) => 'scheduleId' in message);

describe('a schedule', () => {
  it('is made with what is given, the rest as everybody would have it, and Temporal is told', async () => {
    const made = await newSchedule();
    const spec = {
      ...{ crons: ['0 6 * * *'], intervals: [], calendars: [], timeZone: 'UTC' },
      ...{ jitterSeconds: 0, startsAt: null, endsAt: null },
    };
    expect(made).toMatchObject({
      ...{ name: 'Daily', spec, input: {}, version: null, overlap: 'skip', catchUpSeconds: 3_600 },
      ...{ source: 'person', paused: null, deletedAt: null },
      createdBy: { id: tenant.people.builder.id },
    });
    const wanted = { spec, overlap: 'skip', catchUpSeconds: 3_600, paused: false, note: 'Daily' };
    expect(told()).toEqual([{ kind: 'syncSchedule', scheduleId: made.id, wanted }]);
    expect(await getSchedule(tenant.as('viewer'), { scheduleId: made.id })).toEqual(made);
  });

  it('is changed where something is given, and told each time in order', async () => {
    const { id: scheduleId } = await newSchedule({
      startsAt: new Date('2030-01-01T00:00:00Z'),
      input: { a: 1 },
    });
    const changed = await updateSchedule(builder(), {
      scheduleId,
      startsAt: null,
      timeZone: 'Europe/London',
      overlap: 'allowAll',
    });
    expect(changed).toMatchObject({ name: 'Daily', input: { a: 1 }, overlap: 'allowAll' });
    expect(changed.spec).toMatchObject({ crons: ['0 6 * * *'], timeZone: 'Europe/London', startsAt: null });
    const paused = await pauseSchedule(builder(), { scheduleId, reason: 'Holidays' });
    expect(paused.paused).toMatchObject({ by: { id: tenant.people.builder.id }, reason: 'Holidays' });
    const again = await pauseSchedule(tenant.as('owner'), { scheduleId });
    expect(again.paused).toMatchObject({
      at: paused.paused?.at,
      by: { id: tenant.people.owner.id },
      reason: null,
    });
    expect((await resumeSchedule(builder(), { scheduleId })).paused).toBeNull();
    await triggerSchedule(builder(), { scheduleId });
    await deleteSchedule(builder(), { scheduleId });
    const held = (paused: boolean, note: string) => ({
      kind: 'syncSchedule',
      scheduleId,
      wanted: expect.objectContaining({ paused, note }),
    });
    expect(told()).toEqual([
      held(false, 'Daily'),
      held(false, 'Daily'),
      held(true, 'Holidays'),
      held(true, 'Paused'),
      held(false, 'Daily'),
      { kind: 'triggerSchedule', scheduleId, overlap: 'allowAll' },
      { kind: 'syncSchedule', scheduleId, wanted: null },
    ]);
  });

  it('that was deleted is not found any more', async () => {
    const { id: scheduleId, workflowId } = await newSchedule();
    expect(await deleteSchedule(builder(), { scheduleId })).toMatchObject({ deletedAt: expect.any(String) });
    for (const call of [getSchedule, pauseSchedule, deleteSchedule, triggerSchedule, updateSchedule])
      await expect(call(builder(), { scheduleId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await list(workflowId)).toEqual([]);
  });

  it.each<[string, object, object]>([
    ['no times', { crons: [] }, { code: 'INVALID', reason: 'schedule_invalid' }],
    [
      'a wrong cron text',
      { crons: ['0 6 * *'] },
      { reason: 'schedule_invalid', details: { field: 'crons.0', issues: expect.any(Array) } },
    ],
    ['a version that is not there', { version: 7 }, { code: 'NOT_FOUND', reason: 'version_not_found' }],
    ['a short catch-up', { catchUpSeconds: 9 }, { code: 'INVALID' }],
    ['no name', { name: ' ' }, { code: 'INVALID' }],
  ])('is refused with %s', async (_, given, refusal) => {
    await expect(newSchedule(given)).rejects.toMatchObject(refusal);
    const { id: scheduleId } = await newSchedule();
    await expect(updateSchedule(builder(), { scheduleId, ...given })).rejects.toMatchObject(refusal);
  });

  it('is refused for a workflow that cannot be started, and for an input that it does not take', async () => {
    const times = { name: 'Daily', crons: ['0 6 * * *'] };
    const { id: draft } = await createWorkflow(builder(), { name: 'draft', definition: flow({}) });
    await expect(createSchedule(builder(), { workflowId: draft, ...times })).rejects.toMatchObject({
      reason: 'workflow_not_published',
    });
    const picky = await newWorkflow({ input: { type: 'object', required: ['customer'] } });
    await expect(createSchedule(builder(), { workflowId: picky, ...times })).rejects.toMatchObject({
      reason: 'input_invalid',
    });
    await archiveWorkflow(builder(), { workflowId: picky });
    await expect(createSchedule(builder(), { workflowId: picky, ...times })).rejects.toMatchObject({
      reason: 'workflow_archived',
    });
  });

  it('is one of at most 500', async () => {
    const { id, workflowId } = await newSchedule();
    const { database } = house;
    const { tenantId } = tenant;
    await database.withTenant(tenantId, async (db) => {
      const row = await db.schedule.findFirstOrThrow({ where: { tenantId, id } });
      const copies = Array.from({ length: 499 }, () => ({ ...row, id: randomUUID(), spec: {}, input: {} }));
      await db.schedule.createMany({ data: copies });
    });
    const more = { workflowId, name: 'More', crons: ['0 6 * * *'] };
    await expect(createSchedule(builder(), more)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      reason: 'too_many_schedules',
    });
    await deleteSchedule(builder(), { scheduleId: id });
    await createSchedule(builder(), more);
    await expect(
      republish(workflowId, { triggers: [{ kind: 'schedule', cron: '0 6 * * *' }] }),
    ).rejects.toMatchObject({ reason: 'too_many_schedules' });
    expect((await getWorkflow(builder(), { id: workflowId })).version).toBe(1);
  });
});

describe('a backfill', () => {
  const from = new Date('2026-01-01T00:00:00Z');
  const until = new Date('2026-01-02T00:00:00Z');
  const times = (found: Date[]): ScheduleTimes => ({
    next: () => Promise.resolve([]),
    preview: () => Promise.resolve([]),
    between: (_, period) =>
      Promise.resolve(found.filter((at) => at >= period.from && at <= period.until).slice(0, 1_000)),
  });
  const each = (count: number) =>
    Array.from({ length: count }, (_, i) => new Date(from.getTime() + i * 1_000));

  it('asks Temporal for the times of the period, one run after the other', async () => {
    const { id: scheduleId } = await newSchedule();
    const ctx = builder();
    const once = randomUUID();
    const input = { scheduleId, from, until };
    await requestBackfill({ ctx, times: times(each(1_000)), once }, input);
    await requestBackfill({ ctx, times: times(each(1_000)), once }, input);
    expect(told().slice(1)).toEqual([
      {
        ...{ kind: 'backfillSchedule', scheduleId, overlap: 'bufferAll' },
        ...{ from: from.toISOString(), until: until.toISOString() },
      },
    ]);
  });

  it('of too many or no times is refused, and so is one of the future', async () => {
    const { id: scheduleId } = await newSchedule();
    const ctx = builder();
    const ask = (found: Date[], period = { from, until }) =>
      requestBackfill({ ctx, times: times(found), once: undefined }, { scheduleId, ...period });
    await expect(ask(each(1_001))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      reason: 'backfill_too_long',
    });
    await expect(ask([])).rejects.toMatchObject({ code: 'INVALID', reason: 'backfill_empty' });
    const future = { from, until: new Date(Date.now() + 60_000) };
    for (const period of [future, { from: until, until: from }]) {
      await expect(ask(each(1), period)).rejects.toMatchObject({ reason: 'period_invalid' });
      await expect(backfillSchedule(ctx, { scheduleId, ...period })).rejects.toMatchObject({
        reason: 'period_invalid',
      });
    }
    const unknown = previewBackfill(ctx, times(each(1)), { scheduleId: randomUUID(), from, until });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(told()).toHaveLength(1);
  });

  it('is for those who may change schedules, before anything is looked up', async () => {
    const { id: scheduleId } = await newSchedule();
    const asked = requestBackfill(
      { ctx: tenant.as('viewer'), times: times([]), once: undefined },
      { scheduleId, from, until },
    );
    await expect(asked).rejects.toMatchObject({ details: { permission: 'schedules.write' } });
  });
});

describe('the triggers of a definition', () => {
  const at = (cron: string, more: object = {}) => ({ kind: 'schedule' as const, cron, ...more });

  it('are schedules, which a publication adds, changes and ends', async () => {
    const early = at('0 6 * * *', { timeZone: 'Europe/London' });
    const workflowId = await newWorkflow({ triggers: [{ kind: 'manual' }, early, at('0 7 * * *')] });
    const [first, second] = await list(workflowId);
    expect(first).toMatchObject({
      ...{ source: 'definition', name: '0 6 * * * Europe/London', overlap: 'skip', input: {} },
      createdBy: { id: tenant.people.builder.id },
    });
    await pauseSchedule(builder(), { scheduleId: second?.id ?? '', reason: 'Mine' });
    house.dispatched.length = 0;

    const full = { overlap: 'bufferOne' as const, jitterSeconds: 5, catchUpSeconds: 60, input: { a: 1 } };
    await republish(workflowId, { triggers: [at('0 7 * * *'), at('0 8 * * *', full)] });
    expect(await list(workflowId)).toMatchObject([
      { id: first?.id, name: '0 8 * * * UTC', overlap: 'bufferOne', catchUpSeconds: 60, input: { a: 1 } },
      { id: second?.id, name: '0 7 * * * UTC', paused: { reason: 'Mine' } },
    ]);
    // Only what changed is told.
    expect(told()).toMatchObject([
      {
        scheduleId: first?.id,
        wanted: { spec: { crons: ['0 8 * * *'], timeZone: 'UTC', jitterSeconds: 5 } },
      },
    ]);

    house.dispatched.length = 0;
    await republish(workflowId, { output: 1, triggers: [at('0 7 * * *')] });
    expect(await list(workflowId)).toMatchObject([{ id: second?.id }]);
    expect(told()).toEqual([{ kind: 'syncSchedule', scheduleId: first?.id, wanted: null }]);
  });

  it('are changed by publishing only, but can be paused and triggered', async () => {
    const workflowId = await newWorkflow({ triggers: [at('0 6 * * *')] });
    const scheduleId = (await list(workflowId))[0]?.id ?? '';
    const refusal = { code: 'PRECONDITION_FAILED', reason: 'schedule_of_definition' };
    await expect(updateSchedule(builder(), { scheduleId, name: 'Mine' })).rejects.toMatchObject(refusal);
    await expect(deleteSchedule(builder(), { scheduleId })).rejects.toMatchObject(refusal);
    await pauseSchedule(builder(), { scheduleId });
    await triggerSchedule(builder(), { scheduleId });
  });

  it('leave alone what people made; archiving ends all of them, and those only', async () => {
    const workflowId = await newWorkflow({ triggers: [at('0 6 * * *')] });
    const other = await newSchedule();
    const mine = await createSchedule(builder(), { workflowId, name: 'Mine', crons: ['0 9 * * *'] });
    await republish(workflowId, {});
    expect(await list(workflowId)).toMatchObject([{ id: mine.id }]);
    house.dispatched.length = 0;
    await archiveWorkflow(builder(), { workflowId });
    await archiveWorkflow(builder(), { workflowId });
    expect(await list(workflowId)).toEqual([]);
    expect(told()).toEqual([{ kind: 'syncSchedule', scheduleId: mine.id, wanted: null }]);
    expect(await list(other.workflowId)).toHaveLength(1);
  });

  it.each([
    ['a day that never comes', at('0 0 30 2 *'), 'CRON_INVALID'],
    ['a time zone in other capitals', at('0 6 * * *', { timeZone: 'europe/london' }), 'TIME_ZONE_UNKNOWN'],
    ['too much jitter', at('0 6 * * *', { jitterSeconds: 86_401 }), 'WRONG_VALUE'],
    ['a short catch-up', at('0 6 * * *', { catchUpSeconds: 9 }), 'WRONG_VALUE'],
  ])('with %s cannot be published', async (_, trigger, code) => {
    await expect(newWorkflow({ triggers: [trigger] })).rejects.toMatchObject({
      reason: 'definition_invalid',
      details: { issues: [expect.objectContaining({ code })] },
    });
  });
});
