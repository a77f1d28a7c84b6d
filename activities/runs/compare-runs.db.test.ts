import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { compareRuns } from './compare-runs.ts';
import { recordSteps } from './record-steps.ts';
import { startRun } from './start-run.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
let workflowId: string;
beforeAll(async () => {
  house = await openRunHouse();
  workflowId = (await house.publish()).id;
});
afterAll(() => house.close());

/** A run whose only step gave this. */
async function runWith(output: Json, ms = 5): Promise<RunKey> {
  const { id: runId } = await startRun(house.tenant.as('owner'), { workflowId });
  const key = { tenantId: house.tenant.tenantId, runId };
  const at = 1_700_000_000_000;
  const step = { path: 'only', stepId: 'only' };
  const events = [
    stepEvent({ ...step, kind: 'STARTED', sequence: 0, at }),
    stepEvent({ ...step, kind: 'SUCCEEDED', sequence: 1, at: at + ms, output: { value: output } }),
  ];
  await recordSteps(house.deps)({ ...key, events });
  return key;
}
const compare = async (left: Json, right: Json) =>
  compareRuns(house.tenant.as('viewer'), {
    left: (await runWith(left)).runId,
    right: (await runWith(right, 7)).runId,
  });

describe('compareRuns', () => {
  const long = { list: Array.from({ length: 5_000 }, (_, n) => n) };
  const stored = 'x'.repeat(100_000);
  it.each<[string, Json, Json]>([
    ['small', { a: 1, b: [2] }, { b: [2], a: 1 }],
    ['long', long, { ...long }],
    ['stored', stored, stored],
  ])('finds equal %s values the same', async (_, left, right) => {
    const { same, steps, differences, truncated } = await compare(left, right);
    expect({ same, differences, truncated }).toEqual({ same: true, differences: [], truncated: false });
    expect(steps.map(({ left: one, right: other }) => [one?.durationMs, other?.durationMs])).toEqual([
      [5, 7],
    ]);
  });

  it.each<[string, Json, Json]>([
    ['small', { a: 1 }, { a: 2 }],
    ['long', long, { list: [...long.list, 1] }],
    ['stored', stored, `${stored}x`],
    ['small and stored', 1, stored],
  ])('finds different %s values', async (_, left, right) => {
    expect((await compare(left, right)).firstDivergence).toMatchObject({ path: 'only', what: 'OUTPUT' });
  });

  it('refuses runs of other tenants and of different workflows', async () => {
    const { runId } = await runWith(1);
    const stranger = (await house.newTenant()).as('owner');
    await expect(compareRuns(stranger, { left: runId, right: runId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const other = await house.newRun();
    await expect(
      compareRuns(house.tenant.as('viewer'), { left: runId, right: other.runId }),
    ).rejects.toMatchObject({ code: 'INVALID', reason: 'workflows_differ', details: { field: 'right' } });
  });
});
