import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { freePort } from '../../free-port.ts';
import { lazyClient } from '../../temporal/client.ts';
import { testTemporalAddress } from '../../temporal/testing.ts';
import { makeNamespace } from '../../workers/testing/namespace.ts';
import { until } from '../../workers/testing/until.ts';
import type { ApprovalId } from '../../workflows/ids.ts';
import { temporalWorkflowId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { approvalActivities, getApproval } from '../approvals/index.ts';
import { approvalRequest, auditRows } from '../approvals/testing.ts';
import { sendToTemporal } from '../outbox/index.ts';
import { closeRun } from './close-run.ts';
import { getRun } from './get-run.ts';
import { openRun } from './open-run.ts';
import { lookThrough, type Look } from './reconcile-look.ts';
import { createReconciler } from './reconcile-runs.ts';
import { recordSteps } from './record-steps.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
let namespace: string;
let client: Client;
beforeAll(async () => {
  house = await openRunHouse();
  namespace = await makeNamespace(testTemporalAddress());
  client = connectTo(testTemporalAddress());
});
afterAll(async () => {
  await client.connection.close();
  await house.close();
});

const connectTo = (address: string) =>
  lazyClient({ address, namespace, tls: false, apiKey: undefined }, house.keyring);
const pass = (look: Look = lookThrough(client)) => createReconciler({ ...house.deps, look })();
const viewOf = ({ runId }: RunKey) => getRun(house.tenant.as('viewer'), { runId });
const handleOf = ({ tenantId, runId }: RunKey) =>
  client.workflow.getHandle(temporalWorkflowId(tenantId, runId));
const audited = async ({ runId }: RunKey) =>
  (await auditRows(house, house.tenant, 'run.reconcile'))
    .filter(({ target }) => target === runId)
    .map(({ actor, details }) => ({ actor, details }));
const actor = { kind: 'system', name: 'reconciler' };

/** A run that was asked for a minute ago. Its start has left the outbox. */
async function oldRun(): Promise<RunKey> {
  const key = await house.newRun();
  const { tenantId, runId } = key;
  await house.database.withTenant(tenantId, async (db) => {
    await db.run.updateMany({
      where: { tenantId, id: runId },
      data: { createdAt: new Date(Date.now() - 60_000) },
    });
    await db.outbox.deleteMany({ where: { tenantId, subjectId: runId } });
  });
  return key;
}

/** The same, known to Temporal, where no worker takes it on, and begun here. */
async function begunRun(): Promise<RunKey> {
  const key = await oldRun();
  const { tenantId, runId } = key;
  await sendToTemporal(client)({ tenantId, id: runId, message: { kind: 'startRun', runId } });
  await openRun(house.deps)(key);
  return key;
}

const gone = (key: RunKey) =>
  until('the end of an execution', () =>
    handleOf(key)
      .describe()
      .then(
        () => false,
        () => true,
      ),
  );

async function deleteExecution(key: RunKey): Promise<void> {
  const workflowExecution = { workflowId: temporalWorkflowId(key.tenantId, key.runId) };
  await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
  await gone(key);
}

describe('a pass of the reconciler', () => {
  it('ends a run that was terminated, with its steps and its requests for approval', async () => {
    const key = await begunRun();
    const request = { ...approvalRequest(house.tenant, { class: 'B' }), runId: key.runId };
    await approvalActivities(house.platform).requestApproval({ request });
    await recordSteps(house.deps)({
      ...key,
      events: [stepEvent({ path: 'gate', kind: 'WAITING', sequence: 0 })],
      run: { status: 'WAITING', revision: 1 },
    });
    await handleOf(key).terminate('stuck since noon');
    await pass();
    expect(await viewOf(key)).toMatchObject({
      status: 'FAILED',
      finishedAt: expect.any(String),
      error: { code: 'RUN_TERMINATED', message: expect.stringContaining('stuck since noon') },
    });
    const { steps } = await house.rowsOf(key);
    expect(steps).toMatchObject([{ path: 'gate', status: 'CANCELLED' }]);
    const id: ApprovalId = request.approvalId;
    expect(await getApproval(house.tenant.as('finance'), { id })).toMatchObject({ status: 'WITHDRAWN' });
    const details = { found: 'TERMINATED', status: 'FAILED', why: 'stuck since noon' };
    expect(await audited(key)).toEqual([{ actor, details }]);
    expect((await pass()).repaired).toBe(0);
  });

  it('ends a run that Temporal no longer knows', async () => {
    const key = await begunRun();
    await deleteExecution(key);
    await pass();
    expect(await viewOf(key)).toMatchObject({ status: 'FAILED', error: { code: 'RUN_LOST' } });
    expect(await audited(key)).toEqual([
      { actor, details: { found: 'MISSING', status: 'FAILED', why: null } },
    ]);
  });

  it('ends a run that took longer than Temporal allowed it', async () => {
    const key = await oldRun();
    const { tenantId, runId } = key;
    await client.workflow.start('runDefinition', {
      workflowId: temporalWorkflowId(tenantId, runId),
      ...{ taskQueue: 'nobody', args: [{ tenantId, runId }], workflowExecutionTimeout: '1s' },
    });
    await openRun(house.deps)(key);
    await until('the time-out', async () => (await handleOf(key).describe()).status.name === 'TIMED_OUT');
    await pass();
    expect(await viewOf(key)).toMatchObject({ status: 'TIMED_OUT', error: { code: 'RUN_TIMED_OUT' } });
  });

  it('starts a run again whose start was lost, once', async () => {
    const key = await oldRun();
    const before = house.dispatched.length;
    await pass();
    await pass();
    expect(house.dispatched.slice(before).map(({ message }) => message)).toEqual([
      { kind: 'startRun', runId: key.runId, workflowId: expect.any(String), version: 1 },
    ]);
    expect((await viewOf(key)).status).toBe('QUEUED');
    expect(await audited(key)).toEqual([
      { actor, details: { found: 'MISSING', status: 'QUEUED', why: null } },
    ]);
  });

  it('leaves alone what goes on, what is young, and what is just being started', async () => {
    const waiting = await begunRun();
    await recordSteps(house.deps)({ ...waiting, events: [], run: { status: 'WAITING', revision: 1 } });
    const young = await house.newRun();
    const before = [await viewOf(waiting), await viewOf(young)];
    const report = await pass();
    expect(report).toMatchObject({ open: expect.any(Number), repaired: 0 });
    expect([await viewOf(waiting), await viewOf(young)]).toEqual(before);
  });

  it('leaves a run alone that ends by itself at this moment', async () => {
    const key = await begunRun();
    const real = lookThrough(client);
    const end = { output: { value: 7 }, error: null, response: null, events: [] };
    await handleOf(key).terminate();
    await pass({
      ...real,
      certain: async (asked) => {
        const found = await real.certain(asked);
        if (asked.runId === key.runId) await closeRun(house.deps)({ ...key, status: 'SUCCEEDED', ...end });
        return found;
      },
    });
    expect(await viewOf(key)).toMatchObject({ status: 'SUCCEEDED', output: 7, error: null });
    expect(await audited(key)).toEqual([]);
  });

  it('changes nothing while Temporal is away, or does not answer for certain', async () => {
    const key = await begunRun();
    await handleOf(key).terminate();
    const before = await viewOf(key);
    const nowhere = connectTo(`127.0.0.1:${await freePort()}`);
    await expect(pass(lookThrough(nowhere))).rejects.toThrow();
    await nowhere.connection.close();
    const unsure = { ...lookThrough(client), certain: () => Promise.reject(new Error('no answer')) };
    await expect(pass(unsure)).rejects.toThrow('no answer');
    const elsewhere = lazyClient(
      { address: testTemporalAddress(), namespace: 'not-there', tls: false, apiKey: undefined },
      house.keyring,
    );
    await expect(pass(lookThrough(elsewhere))).rejects.toThrow();
    await expect(pass({ ...lookThrough(elsewhere), listed: lookThrough(client).listed })).rejects.toThrow();
    await elsewhere.connection.close();
    expect(await viewOf(key)).toEqual(before);
    expect(await audited(key)).toEqual([]);
  });
});
