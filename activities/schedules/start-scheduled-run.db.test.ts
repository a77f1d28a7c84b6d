import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { createWorkflow } from '../definitions/index.ts';
import { archiveWorkflow, publishWorkflow } from '../publishing/index.ts';
import { listAuditEvents } from '../tenancy/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  createSchedule,
  deleteSchedule,
  listRefusedFirings,
  listScheduledRuns,
  scheduleActivities,
} from './index.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});

const scheduledFor = '2026-11-23T06:00:00.000Z';
const definition = {
  flow: 'v1',
  steps: [{ id: 'only', kind: 'transform', with: { value: 1 } }],
} as unknown as Flow & JsonObject;

async function newSchedule(more: object = {}) {
  const { id: workflowId } = await createWorkflow(tenant.as('builder'), { name: randomUUID(), definition });
  await publishWorkflow(tenant.as('owner'), { workflowId });
  const given = { workflowId, name: 'Daily', crons: ['0 6 * * *'], input: { a: 1 }, ...more };
  return createSchedule(tenant.as('builder'), given);
}
const fire = (scheduleId: string, firing = 'one') =>
  scheduleActivities(house.platform).startScheduledRun({
    ...{ tenantId: tenant.tenantId, scheduleId, firing, scheduledFor },
  });
const audited = async (action: string) =>
  (await listAuditEvents(tenant.as('security'), { action })).items.map(({ node }) => node);

describe('startScheduledRun', () => {
  it('writes one run for one firing, in the name of who made the schedule, and nothing for the outbox', async () => {
    const { id, workflowId } = await newSchedule();
    house.dispatched.length = 0;
    const started = await fire(id);
    expect(await fire(id)).toEqual(started);
    expect(house.dispatched).toEqual([]);
    const { tenantId } = tenant;
    const rows = await house.database.withTenant(tenantId, (db) => db.run.findMany({ where: { tenantId } }));
    expect(rows).toMatchObject([
      {
        ...{ id: started?.runId, workflowId, version: 1, status: 'QUEUED', trigger: 'schedule' },
        ...{ input: { a: 1 }, launchStage: 'pre-launch', scheduleId: id },
        startedBy: { kind: 'schedule', scheduleId: id, name: 'Daily' },
        requesterId: tenant.people.builder.id,
        scheduledFor: new Date(scheduledFor),
      },
    ]);
    expect(await audited('run.start')).toMatchObject([
      { target: started?.runId, actor: { kind: 'schedule' }, requestId: started?.runId },
    ]);
    expect(await listScheduledRuns(tenant.as('viewer'), { scheduleId: id })).toMatchObject([
      { id: started?.runId, status: 'QUEUED', scheduledFor },
    ]);
    expect(await fire(id, 'two')).not.toEqual(started);
  });

  it('gives nothing for a run that is over, a deleted schedule and one of another organisation', async () => {
    const { id } = await newSchedule();
    const { tenantId } = tenant;
    const { runId } = (await fire(id)) ?? { runId: '' };
    await house.database.withTenant(tenantId, (db) =>
      db.run.updateMany({
        where: { tenantId, id: runId },
        data: { status: 'FAILED', finishedAt: new Date() },
      }),
    );
    expect(await fire(id)).toBeNull();
    await deleteSchedule(tenant.as('builder'), { scheduleId: id });
    expect(await fire(id, 'later')).toBeNull();
    const mine = await newSchedule();
    tenant = await house.newTenant();
    expect(await fire(mine.id)).toBeNull();
  });

  it('writes a refusal down once for each firing, and no run', async () => {
    const { id, workflowId } = await newSchedule();
    const { tenantId } = tenant;
    await archiveWorkflow(tenant.as('owner'), { workflowId });
    // As if Temporal fires before it hears of the end.
    await house.database.withTenant(tenantId, (db) =>
      db.schedule.updateMany({ where: { tenantId, id }, data: { deletedAt: null } }),
    );
    expect(await fire(id)).toBeNull();
    expect(await fire(id)).toBeNull();
    expect(await fire(id, 'two')).toBeNull();
    const refusal = {
      scheduledFor,
      reason: 'workflow_archived',
      message: expect.stringContaining('archived'),
    };
    expect(await listRefusedFirings(tenant.as('viewer'), { scheduleId: id })).toMatchObject([
      refusal,
      refusal,
    ]);
    expect(await audited('schedule.refused')).toMatchObject([
      { target: id, actor: { kind: 'schedule', name: 'Daily' } },
      { target: id },
    ]);
    expect(await listScheduledRuns(tenant.as('viewer'), { scheduleId: id })).toEqual([]);
  });
});
