import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Flow, Step } from '../../workflows/definitions/model.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { auditRows } from '../approvals/testing.ts';
import { getWorkflow, saveDraft } from '../definitions/index.ts';
import { publishWorkflow } from '../publishing/index.ts';
import { bulkRerunActivities } from './bulk-rerun-batch.ts';
import { cancelBulkRerun } from './bulk-rerun-cancel.ts';
import { rerunRuns } from './bulk-rerun-start.ts';
import { getBulkRerun, listBulkRerunItems } from './bulk-rerun-view.ts';
import { closeRun } from './close-run.ts';
import { getRun } from './get-run.ts';
import { openRun } from './open-run.ts';
import { previewBulkRerun } from './preview-bulk-rerun.ts';
import { rerunFromStep } from './rerun-from-step.ts';
import { startRun } from './start-run.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());

const operator = () => house.tenant.as('operator');
const refund = (path: string) =>
  ({
    id: 'refund',
    kind: 'http',
    with: { method: 'POST', url: `https://shop.example/${path}` },
  }) as unknown as Step;
const look = { id: 'look', kind: 'transform', with: { value: 1 } } as unknown as Step;

/** A run that did its first step and failed at the second. */
async function failedRun(workflowId: string, message = 'Order 1 is closed'): Promise<string> {
  const { id: runId } = await startRun(house.tenant.as('builder'), { workflowId });
  const key: RunKey = { tenantId: house.tenant.tenantId, runId };
  const error = { code: 'FAILED', message, stepId: 'refund', path: 'refund', details: null };
  await openRun(house.deps)(key);
  await closeRun(house.deps)({
    ...{ ...key, status: 'FAILED', output: null, error, response: null },
    events: [
      stepEvent({ path: 'look', stepId: 'look', kind: 'SUCCEEDED', sequence: 0, output: { value: 1 } }),
      stepEvent({ path: 'refund', stepId: 'refund', stepKind: 'http', kind: 'FAILED', sequence: 1, error }),
    ],
  });
  return runId;
}

async function failedRuns(count: number) {
  const { id: workflowId } = await house.publish({ steps: [look, refund('refunds')] });
  const runIds: string[] = [];
  for (let i = 0; i < count; i++) runIds.push(await failedRun(workflowId, `Order ${i} is closed`));
  const { failureFingerprint } = await getRun(operator(), { runId: runIds[0] ?? '' });
  if (failureFingerprint === null) throw new Error('It has no fingerprint');
  return { workflowId, runIds, failureFingerprint };
}

const activities = () =>
  bulkRerunActivities({ ...house.deps, launchStage: 'post-launch' }, house.deps.activity);

/** Does what the workflow does; gives how many batches it took. */
async function work(bulkRerunId: string): Promise<number> {
  for (let batches = 1; ; batches++)
    if ((await activities().rerunBatch({ tenantId: house.tenant.tenantId, bulkRerunId })).left === 0)
      return batches;
}

async function rerunsOf(runIds: string[]) {
  const { tenantId } = house.tenant;
  return house.database.withTenant(tenantId, (db) =>
    db.run.findMany({ where: { tenantId, rerunOf: { in: runIds } } }),
  );
}

async function publishNext(workflowId: string, steps: Step[]): Promise<void> {
  const builder = house.tenant.as('builder');
  const { draft } = await getWorkflow(builder, { id: workflowId });
  const definition = { flow: 'v1', steps } satisfies Pick<Flow, 'flow' | 'steps'> as unknown as JsonObject;
  await saveDraft(builder, { workflowId, definition, basedOnHash: draft.hash });
  await publishWorkflow(builder, { workflowId });
}

describe('rerunRuns', () => {
  it('runs all runs of a failure again where they failed, each once, whoever repeats what', async () => {
    const { failureFingerprint, runIds } = await failedRuns(30);
    const { id } = await rerunRuns(operator(), { failureFingerprint }, 'once');
    expect(await rerunRuns(operator(), { failureFingerprint }, 'once')).toEqual({ id });
    expect(house.dispatched.at(-1)?.message).toEqual({ kind: 'startBulkRerun', bulkRerunId: id });
    // A second one finds nothing: the first is about to start them.
    await expect(rerunRuns(operator(), { failureFingerprint })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: 'nothing_to_rerun',
    });
    // Two workers at once, as after a lost answer.
    await Promise.all([work(id), work(id)]);
    await work(id);
    const reruns = await rerunsOf(runIds);
    expect(reruns).toHaveLength(30);
    expect(new Set(reruns.map(({ rerunOf }) => rerunOf)).size).toBe(30);
    const requester = house.tenant.people.operator;
    for (const run of reruns)
      expect(run).toMatchObject({
        ...{ status: 'QUEUED', trigger: 'rerun', rerunFrom: 'refund', bulkRerunId: id },
        ...{ requesterId: requester.id, launchStage: 'post-launch' },
        startedBy: { kind: 'person', personId: requester.id },
      });
    const sent = house.dispatched.filter(({ message }) => message.kind === 'startRun');
    for (const run of reruns)
      expect(sent.filter(({ message }) => 'runId' in message && message.runId === run.id)).toHaveLength(1);
    expect(await getBulkRerun(operator(), { id })).toMatchObject({
      ...{ status: 'FINISHED', pending: 0, started: 30, refused: 0, failureFingerprint },
      finishedAt: expect.any(String),
    });
    const audited = await auditRows(house, house.tenant, 'run.rerun');
    const ofBulk = audited.filter(({ details }) => (details as JsonObject)['bulkRerunId'] === id);
    expect(ofBulk).toHaveLength(30);
    expect(ofBulk[0]?.actor).toMatchObject({ kind: 'person', personId: requester.id });
    const { items, endCursor } = await listBulkRerunItems(operator(), { bulkRerunId: id, first: 20 });
    const rest = await listBulkRerunItems(operator(), { bulkRerunId: id, first: 20, after: endCursor });
    const listed = [...items, ...rest.items].map(({ node }) => node);
    expect(listed.map(({ runId }) => runId).sort()).toEqual([...runIds].sort());
    expect(listed.every(({ status, newRunId }) => status === 'STARTED' && newRunId !== null)).toBe(true);
  });

  it('goes on after a worker that died between two runs', async () => {
    const { failureFingerprint, runIds } = await failedRuns(3);
    const { id } = await rerunRuns(operator(), { failureFingerprint });
    const dispatch = () => {
      throw Object.assign(new Error('Connection terminated'), { code: 'P1017' });
    };
    const clients = { ...house.deps, launchStage: 'pre-launch', dispatcher: { dispatch } } as const;
    const dying = bulkRerunActivities(clients, house.deps.activity);
    const key = { tenantId: house.tenant.tenantId, bulkRerunId: id };
    await expect(dying.rerunBatch(key)).rejects.toThrow();
    expect(await rerunsOf(runIds)).toHaveLength(1);
    await work(id);
    expect(await rerunsOf(runIds)).toHaveLength(3);
  });

  it('takes a run that was named, and says why it refuses another', async () => {
    const { runIds } = await failedRuns(2);
    const [done = '', fresh = ''] = runIds;
    await rerunFromStep(operator(), { runId: done, fromStep: 'refund' });
    const open = await house.newRun();
    const input = { runIds: [done, fresh, open.runId, fresh] };
    const preview = await previewBulkRerun(operator(), input);
    const refused = [
      { runId: done, reason: 'already_rerun', message: expect.any(String) },
      { runId: open.runId, reason: 'run_open', message: expect.any(String) },
    ];
    expect(preview).toMatchObject({ count: 1, alreadyRerun: 1, left: 0, refused });
    const { id } = await rerunRuns(operator(), input);
    await work(id);
    expect(await getBulkRerun(operator(), { id })).toMatchObject({ started: 1, refused: 2 });
    const { items } = await listBulkRerunItems(operator(), { bulkRerunId: id });
    expect(items.map(({ node }) => [node.runId, node.status, node.reason]).sort()).toEqual(
      [
        [done, 'REFUSED', 'already_rerun'],
        [fresh, 'STARTED', null],
        [open.runId, 'REFUSED', 'run_open'],
      ].sort(),
    );
  });

  it('does not start a run that was run again in the meantime', async () => {
    const { failureFingerprint, runIds } = await failedRuns(1);
    const { id } = await rerunRuns(operator(), { failureFingerprint });
    await rerunFromStep(operator(), { runId: runIds[0] ?? '', fromStep: 'look' });
    await work(id);
    expect(await rerunsOf(runIds)).toHaveLength(1);
    expect(await getBulkRerun(operator(), { id })).toMatchObject({ started: 0, refused: 1 });
  });

  it('takes a run again that failed once more for the same reason', async () => {
    const { failureFingerprint, runIds, workflowId } = await failedRuns(1);
    await rerunFromStep(operator(), { runId: runIds[0] ?? '', fromStep: 'refund' });
    const [again] = await rerunsOf(runIds);
    const key = { tenantId: house.tenant.tenantId, runId: again?.id as RunKey['runId'] };
    const error = {
      code: 'FAILED',
      message: 'Order 9 is closed',
      stepId: 'refund',
      path: 'refund',
      details: null,
    };
    await closeRun(house.deps)({ ...key, status: 'FAILED', output: null, error, response: null, events: [] });
    const preview = await previewBulkRerun(operator(), { failureFingerprint });
    expect(preview).toMatchObject({ count: 1, alreadyRerun: 1 });
    expect(preview.samples.map(({ runId }) => runId)).toEqual([key.runId]);
    expect(preview.versions).toMatchObject([{ workflowId, from: 1, to: 1, runs: 1, differences: [] }]);
  });

  it.each([
    ['neither', {}, 'failureFingerprint'],
    [
      'both',
      { runIds: ['0f8fad5b-d9cb-469f-a165-70867728950e'], failureFingerprint: 'a'.repeat(64) },
      'runIds',
    ],
    ['no run', { runIds: [] }, 'runIds'],
    ['no fingerprint of ours', { failureFingerprint: 'x' }, 'failureFingerprint'],
  ])('refuses %s', async (_, input, field) => {
    await expect(rerunRuns(operator(), input)).rejects.toMatchObject({ code: 'INVALID', details: { field } });
  });

  it('takes an empty choice for nothing, never for all', async () => {
    await failedRuns(1);
    const nothing = { failureFingerprint: 'a'.repeat(64) };
    expect(await previewBulkRerun(operator(), nothing)).toMatchObject({ count: 0, refused: [], samples: [] });
    await expect(rerunRuns(operator(), nothing)).rejects.toMatchObject({ reason: 'nothing_to_rerun' });
  });
});

describe('cancelBulkRerun', () => {
  it('refuses what was not started, lets the rest go on, and can be asked for twice', async () => {
    const { failureFingerprint, runIds } = await failedRuns(23);
    const { id } = await rerunRuns(operator(), { failureFingerprint });
    const key = { tenantId: house.tenant.tenantId, bulkRerunId: id };
    expect(await activities().rerunBatch(key)).toEqual({ left: 3 });
    const cancel = { bulkRerunId: id, reason: 'Too early' };
    expect(await cancelBulkRerun(operator(), cancel)).toEqual({ id });
    expect(await work(id)).toBe(1);
    expect(await cancelBulkRerun(operator(), cancel)).toEqual({ id });
    const view = await getBulkRerun(operator(), { id });
    expect(view).toMatchObject({ status: 'CANCELLED', pending: 0, started: 20, refused: 3 });
    expect(view.finishedAt).not.toBeNull();
    expect(await rerunsOf(runIds)).toHaveLength(20);
    const { items } = await listBulkRerunItems(operator(), { bulkRerunId: id, first: 50 });
    const reasons = items.map(({ node }) => node.reason).filter((reason) => reason !== null);
    expect(reasons).toEqual(Array(3).fill('bulk_rerun_cancelled'));
    const audited = await auditRows(house, house.tenant, 'bulkRerun.cancel');
    expect(audited.map(({ details }) => details)).toEqual([
      { reason: 'Too early', refused: 3 },
      { reason: 'Too early', refused: 0 },
    ]);
    // They are there for the next bulk re-run.
    const next = await rerunRuns(operator(), { failureFingerprint });
    await work(next.id);
    expect(await rerunsOf(runIds)).toHaveLength(23);
  });

  it('never undoes a start: beside a batch each run is started or refused, and no more is started', async () => {
    const { failureFingerprint, runIds } = await failedRuns(12);
    const { id } = await rerunRuns(operator(), { failureFingerprint });
    const [, cancelled] = await Promise.allSettled([
      work(id),
      cancelBulkRerun(operator(), { bulkRerunId: id }),
    ]);
    const { status, pending, started, refused } = await getBulkRerun(operator(), { id });
    // Whichever is first; the batch may be done before the cancel comes.
    expect(status).toBe(cancelled.status === 'fulfilled' ? 'CANCELLED' : 'FINISHED');
    expect({ pending, done: started + refused }).toEqual({ pending: 0, done: 12 });
    expect(await rerunsOf(runIds)).toHaveLength(started);
  });

  it('refuses one that is over, and one of another organisation', async () => {
    const { failureFingerprint } = await failedRuns(1);
    const { id } = await rerunRuns(operator(), { failureFingerprint });
    const stranger = (await house.newTenant()).as('operator');
    const foreign = cancelBulkRerun(stranger, { bulkRerunId: id });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'bulk_rerun_not_found' });
    await work(id);
    await expect(cancelBulkRerun(operator(), { bulkRerunId: id })).rejects.toMatchObject({
      ...{ code: 'PRECONDITION_FAILED', reason: 'bulk_rerun_finished' },
    });
  });
});

describe('previewBulkRerun', () => {
  it('adds up what each step would do again, and shows what changed', async () => {
    const { failureFingerprint, workflowId, runIds } = await failedRuns(12);
    await publishNext(workflowId, [look, refund('refunds/v2')]);
    const before = house.dispatched.length;
    const preview = await previewBulkRerun(operator(), { failureFingerprint, version: 2 });
    expect(preview).toMatchObject({
      ...{ count: 12, alreadyRerun: 0, left: 0, refused: [] },
      repeats: [{ workflowId, stepId: 'refund', kind: 'http', times: 12, idempotent: true }],
      versions: [{ workflowId, from: 1, to: 2, runs: 12, differences: [{ stepId: 'refund' }] }],
    });
    expect(preview.samples.map(({ runId }) => runId)).toEqual(runIds.slice(0, 10));
    expect(preview.samples[0]?.preview).toMatchObject({ fromStep: 'refund', reused: ['look'], version: 2 });
    expect(house.dispatched).toHaveLength(before);
    expect(await rerunsOf(runIds)).toEqual([]);
    const wrong = await previewBulkRerun(operator(), { failureFingerprint, fromStep: 'nowhere' });
    expect(wrong).toMatchObject({ count: 0, repeats: [] });
    expect(wrong.refused.map(({ reason }) => reason)).toEqual(Array(12).fill('step_unknown'));
  });

  it('does not find runs of another organisation', async () => {
    const { runIds, failureFingerprint } = await failedRuns(1);
    const stranger = (await house.newTenant()).as('operator');
    for (const call of [previewBulkRerun, rerunRuns])
      await expect(call(stranger, { runIds })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await previewBulkRerun(stranger, { failureFingerprint })).count).toBe(0);
  });
});
