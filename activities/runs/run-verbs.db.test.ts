import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { createConnection } from '../connections/index.ts';
import { createWorkflow, getWorkflow, saveDraft } from '../definitions/index.ts';
import { archiveWorkflow, publishWorkflow } from '../publishing/index.ts';
import { cancelRun } from './cancel-run.ts';
import { closeRun } from './close-run.ts';
import { getRun } from './get-run.ts';
import { pauseRun } from './pause-run.ts';
import { resumeRun } from './resume-run.ts';
import { sendEvent } from './send-event.ts';
import { startRun } from './start-run.ts';
import { openRunHouse, type RunHouse } from './testing.ts';

let house: RunHouse;

beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());

const operator = () => house.tenant.as('operator');
const countRuns = () =>
  house.database.withTenant(house.tenant.tenantId, (db) =>
    db.run.count({ where: { tenantId: house.tenant.tenantId } }),
  );
const lastMessages = (count: number) => house.dispatched.slice(-count).map(({ message }) => message);

async function finishedRun(): Promise<string> {
  const key = await house.newRun();
  await closeRun(house.deps)({
    ...key,
    status: 'CANCELLED',
    output: null,
    error: null,
    response: null,
    events: [],
  });
  return key.runId;
}

describe('startRun', () => {
  it('writes a QUEUED run of the newest version and has it started', async () => {
    const { id: workflowId, name } = await house.publish();
    const { id } = await startRun(operator(), { workflowId, input: { a: [1] } });
    expect(await getRun(operator(), { runId: id })).toMatchObject({
      workflowId,
      workflowName: name,
      version: 1,
      status: 'QUEUED',
      input: { a: [1] },
      trigger: 'manual',
      requesterId: house.tenant.people.operator.id,
      startedBy: { kind: 'person', personId: house.tenant.people.operator.id },
      depth: 0,
      startedAt: null,
    });
    expect(lastMessages(1)).toMatchObject([{ kind: 'startRun', runId: id, version: 1 }]);
    const audited = await house.database.withTenant(house.tenant.tenantId, (db) =>
      db.auditEvent.findMany({ where: { tenantId: house.tenant.tenantId, target: id } }),
    );
    expect(audited).toMatchObject([{ action: 'run.start', details: { workflowId, version: 1 } }]);
  });

  it('takes the version that is asked for', async () => {
    const { id: workflowId } = await house.publish();
    const owner = house.tenant.as('owner');
    const definition = { flow: 'v1', steps: [{ id: 'other', kind: 'transform', with: { value: 2 } }] };
    await saveNext(workflowId, definition);
    await publishWorkflow(owner, { workflowId });
    const first = await startRun(operator(), { workflowId, version: 1 });
    const newest = await startRun(operator(), { workflowId });
    expect(await getRun(operator(), { runId: first.id })).toMatchObject({ version: 1 });
    expect(await getRun(operator(), { runId: newest.id })).toMatchObject({ version: 2 });
    await expect(startRun(operator(), { workflowId, version: 9 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'version_not_found',
    });
  });

  async function saveNext(workflowId: string, definition: JsonObject) {
    const { draft } = await getWorkflow(house.tenant.as('owner'), { id: workflowId });
    return saveDraft(house.tenant.as('owner'), { workflowId, definition, basedOnHash: draft.hash });
  }

  it('starts once under one idempotency key', async () => {
    const { id: workflowId } = await house.publish();
    const once = randomUUID();
    const [first, second] = await Promise.all([
      startRun(operator(), { workflowId }, once),
      startRun(operator(), { workflowId }, once),
    ]);
    expect(second).toEqual(first);
    await expect(startRun(operator(), { workflowId, input: 1 }, once)).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'idempotency_key_reused',
    });
  });

  it('refuses an input that does not fit, naming the field', async () => {
    const properties = { chargeId: { type: 'string' }, lines: { type: 'array', items: { type: 'number' } } };
    const { id: workflowId } = await house.publish({
      input: { type: 'object', required: ['chargeId'], properties },
    });
    const before = await countRuns();
    await expect(startRun(operator(), { workflowId })).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'input_invalid',
      details: { field: 'input.chargeId', issues: [{ field: 'input.chargeId' }] },
    });
    await expect(
      startRun(operator(), { workflowId, input: { chargeId: 'c', lines: [1, 'x'] } }),
    ).rejects.toMatchObject({ details: { issues: [{ field: 'input.lines.1' }] } });
    expect(await countRuns()).toBe(before);
  });

  it('refuses a version that no longer fits the organisation', async () => {
    const owner = house.tenant.as('owner');
    const settings = { baseUrl: 'https://shop.example' };
    await createConnection(owner, { name: 'gone', kind: 'HTTP', settings });
    const steps = [{ id: 'get', kind: 'http' as const, with: { connection: 'gone', path: '/' } }];
    const { id: workflowId } = await house.publish({ steps });
    await house.database.withTenant(owner.tenantId, (db) =>
      db.connection.deleteMany({ where: { tenantId: owner.tenantId, name: 'gone' } }),
    );
    await expect(startRun(operator(), { workflowId })).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'definition_invalid',
      details: { issues: [{ code: 'CONNECTION_UNKNOWN', stepId: 'get' }] },
    });
  });

  it('refuses what cannot be started, with the reason', async () => {
    const owner = house.tenant.as('owner');
    const { id: archived } = await house.publish();
    await archiveWorkflow(owner, { workflowId: archived });
    const { id: draft } = await createWorkflow(owner, { name: 'A draft only', definition: {} });
    const stranger = await house.newTenant();
    const { id: own } = await house.publish();
    const refusals = [
      [operator(), archived, 'PRECONDITION_FAILED', 'workflow_archived'],
      [operator(), draft, 'PRECONDITION_FAILED', 'workflow_not_published'],
      [operator(), randomUUID(), 'NOT_FOUND', 'workflow_not_found'],
      [stranger.as('owner'), own, 'NOT_FOUND', 'workflow_not_found'],
      [house.tenant.as('viewer'), own, 'FORBIDDEN', 'permission_missing'],
    ] as const;
    for (const [ctx, workflowId, code, reason] of refusals)
      await expect(startRun(ctx, { workflowId })).rejects.toMatchObject({ code, reason });
  });

  it.each([
    ['too large', 'x'.repeat(1_048_576)],
    ['not storable', ['a\0']],
    ['half a character', { a: '\ud800' }],
    ['too deep', JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as Json],
    ['no JSON', { a: Number.NaN }],
  ])('refuses an input that is %s', async (_, input) => {
    const { id: workflowId } = await house.publish();
    await expect(startRun(operator(), { workflowId, input })).rejects.toMatchObject({
      code: 'INVALID',
      details: { field: 'input' },
    });
  });

  it.each([null, 0, false, '', [], 'text'])('takes %j as an input', async (input) => {
    const { id: workflowId } = await house.publish();
    const { id } = await startRun(operator(), { workflowId, input });
    expect((await getRun(operator(), { runId: id })).input).toEqual(input);
  });
});

describe('cancelRun', () => {
  it('notes the wish once and tells the run each time', async () => {
    const { runId } = await house.newRun();
    expect(await cancelRun(operator(), { runId, reason: 'Wrong month' })).toEqual({ id: runId });
    const { cancelRequestedAt } = await getRun(operator(), { runId });
    await cancelRun(operator(), { runId });
    expect(await getRun(operator(), { runId })).toMatchObject({ cancelRequestedAt, status: 'QUEUED' });
    expect(cancelRequestedAt).not.toBeNull();
    expect(lastMessages(2)).toEqual([
      { kind: 'cancelRun', runId },
      { kind: 'cancelRun', runId },
    ]);
  });
});

describe('pauseRun, resumeRun and sendEvent', () => {
  it('tell the run', async () => {
    const { runId } = await house.newRun();
    await pauseRun(operator(), { runId });
    await resumeRun(operator(), { runId });
    await sendEvent(operator(), { runId, name: 'paid', payload: { amount: 5 } });
    await sendEvent(operator(), { runId, name: 'paid' });
    expect(lastMessages(4)).toEqual([
      { kind: 'pauseRun', runId, paused: true },
      { kind: 'pauseRun', runId, paused: false },
      { kind: 'sendEvent', runId, name: 'paid', payload: { amount: 5 } },
      { kind: 'sendEvent', runId, name: 'paid', payload: null },
    ]);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'a', payload: 'x'.repeat(256 * 1024) }, 'payload'],
    [{ name: 'a', payload: '\0' }, 'payload'],
  ])('refuses a bad event', async (event, field) => {
    const { runId } = await house.newRun();
    await expect(sendEvent(operator(), { runId, ...event })).rejects.toMatchObject({
      code: 'INVALID',
      details: { field },
    });
  });
});

describe('every control of a run', () => {
  const controls = [
    cancelRun,
    pauseRun,
    resumeRun,
    (ctx: Parameters<typeof sendEvent>[0], input: { runId: string }) =>
      sendEvent(ctx, { ...input, name: 'paid' }),
  ];

  it('is refused when the run is over, unknown, of another tenant, or not allowed', async () => {
    const over = await finishedRun();
    const { runId } = await house.newRun();
    const stranger = await house.newTenant();
    const sent = house.dispatched.length;
    for (const control of controls) {
      await expect(control(operator(), { runId: over })).rejects.toMatchObject({
        code: 'PRECONDITION_FAILED',
        reason: 'run_finished',
        details: { status: 'CANCELLED' },
      });
      for (const [ctx, id] of [
        [operator(), randomUUID()],
        [stranger.as('owner'), runId],
      ] as const)
        await expect(control(ctx, { runId: id })).rejects.toMatchObject({
          code: 'NOT_FOUND',
          reason: 'run_not_found',
        });
      await expect(control(house.tenant.as('finance'), { runId })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    expect(house.dispatched).toHaveLength(sent);
  });
});
