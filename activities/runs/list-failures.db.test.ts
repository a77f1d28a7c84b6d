import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { FinalRunStatus } from '../../workflows/runs/model.ts';
import { closeRun } from './close-run.ts';
import { getRun } from './get-run.ts';
import { listFailures } from './list-failures.ts';
import { listRuns } from './list-runs.ts';
import { openRun } from './open-run.ts';
import { rerunFromStep } from './rerun-from-step.ts';
import { startRun } from './start-run.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());

const viewer = () => house.tenant.as('viewer');

/** A run that ended like this at its only step. */
async function endedRun(workflowId: string, message: string | null, status: FinalRunStatus = 'FAILED') {
  const { id: runId } = await startRun(house.tenant.as('operator'), { workflowId });
  const key: RunKey = { tenantId: house.tenant.tenantId, runId };
  const error =
    message === null ? null : { code: 'FAILED', message, stepId: 'only', path: 'only', details: null };
  await openRun(house.deps)(key);
  await closeRun(house.deps)({
    ...{ ...key, status, output: null, error, response: null },
    events: [stepEvent({ path: 'only', stepId: 'only', kind: 'FAILED', sequence: 0 })],
  });
  return runId;
}

describe('listFailures', () => {
  it('puts runs that failed for one reason together, the reason that struck last first, page by page', async () => {
    const one = await house.publish();
    const other = await house.publish();
    const first = await endedRun(one.id, 'Order 1 is closed');
    await endedRun(one.id, 'The stock is empty');
    await endedRun(other.id, 'Order 5 is closed', 'TIMED_OUT');
    const last = await endedRun(one.id, 'Order 27 is closed');
    await endedRun(one.id, null, 'SUCCEEDED');
    await endedRun(one.id, null, 'CANCELLED');

    const { items, endCursor } = await listFailures(viewer(), { first: 2 });
    const [start, end] = [await getRun(viewer(), { runId: first }), await getRun(viewer(), { runId: last })];
    expect(items.map(({ node }) => node)).toEqual([
      {
        ...{ fingerprint: end.failureFingerprint, workflowId: one.id, workflowName: one.name },
        ...{ stepId: 'only', code: 'FAILED', message: 'Order 27 is closed', count: 2, open: 2 },
        ...{ firstAt: start.finishedAt, lastAt: end.finishedAt, newestRunId: last },
      },
      expect.objectContaining({ workflowId: other.id, count: 1, message: 'Order 5 is closed' }),
    ]);
    const rest = await listFailures(viewer(), { first: 2, after: endCursor });
    expect(rest.items.map(({ node }) => node.message)).toEqual(['The stock is empty']);
    expect(rest.hasNextPage).toBe(false);

    const fingerprint = items[0]?.node.fingerprint;
    const runs = await listRuns(viewer(), { filter: { failureFingerprint: fingerprint } });
    expect(runs.items.map(({ node }) => node.id)).toEqual([last, first]);
    await rerunFromStep(house.tenant.as('operator'), { runId: first, fromStep: 'only' });
    expect((await listFailures(viewer(), { first: 1 })).items[0]?.node).toMatchObject({ count: 2, open: 1 });
  });

  it('counts those of one workflow and since a moment only, where that is asked for', async () => {
    const { id: workflowId } = await house.publish();
    await endedRun(workflowId, 'Order 1 is closed');
    const since = new Date(Date.now() + 1).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 2));
    await endedRun(workflowId, 'Order 2 is closed');
    const counts = async (filter: object) =>
      (await listFailures(viewer(), { filter: { workflowId, ...filter } })).items.map(
        ({ node }) => node.count,
      );
    expect(await counts({})).toEqual([2]);
    expect(await counts({ since })).toEqual([1]);
    expect(await counts({ since: '2999-01-01T00:00:00Z' })).toEqual([]);
  });

  it('shows nothing of another organisation', async () => {
    const stranger = await house.newTenant();
    expect((await listFailures(stranger.as('viewer'), {})).items).toEqual([]);
  });
});
