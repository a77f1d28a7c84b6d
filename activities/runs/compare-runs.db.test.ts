import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Step } from '../../workflows/definitions/model.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { getWorkflow, saveDraft } from '../definitions/index.ts';
import { publishWorkflow } from '../publishing/index.ts';
import { closeRun } from './close-run.ts';
import { compareRuns } from './compare-runs.ts';
import { openRun } from './open-run.ts';
import { recordSteps } from './record-steps.ts';
import { rerunFromStep } from './rerun-from-step.ts';
import { startRun } from './start-run.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
let workflowId: string;
beforeAll(async () => {
  house = await openRunHouse();
  workflowId = (await house.publish()).id;
});
afterAll(() => house.close());

const transform = (id: string, value: number) =>
  ({ id, kind: 'transform', with: { value } }) as unknown as Step;

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
    const { same, steps, differences, truncated, ...sides } = await compare(left, right);
    expect(sides).toMatchObject({ left: { version: 1, status: 'QUEUED', durationMs: null } });
    expect(steps.map(({ slowerByMs }) => slowerByMs)).toEqual([2]);
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

  it('sets a run beside the one that took it up, on another version', async () => {
    const [one, two] = [transform('one', 1), transform('two', 2)];
    const { id } = await house.publish({ steps: [one, two] });
    const { id: runId } = await startRun(house.tenant.as('owner'), { workflowId: id });
    const key = { tenantId: house.tenant.tenantId, runId };
    const error = { code: 'FAILED', message: 'no', stepId: 'two', path: 'two', details: null };
    await openRun(house.deps)(key);
    await closeRun(house.deps)({
      ...{ ...key, status: 'FAILED', output: null, error, response: null },
      events: [
        stepEvent({ path: 'one', stepId: 'one', kind: 'STARTED', sequence: 0 }),
        stepEvent({ path: 'one', stepId: 'one', kind: 'SUCCEEDED', sequence: 1, output: { value: 1 } }),
        stepEvent({ path: 'two', stepId: 'two', kind: 'FAILED', sequence: 2, error }),
      ],
    });
    const { draft } = await getWorkflow(house.tenant.as('owner'), { id });
    const definition = { flow: 'v1', steps: [one, transform('two', 3)] } as unknown as JsonObject;
    await saveDraft(house.tenant.as('owner'), { workflowId: id, definition, basedOnHash: draft.hash });
    await publishWorkflow(house.tenant.as('owner'), { workflowId: id });
    const again = await rerunFromStep(house.tenant.as('owner'), { runId, fromStep: 'two', version: 2 });
    const end = { output: null, error: null, response: null };
    const events = [
      stepEvent({ path: 'two', stepId: 'two', kind: 'SUCCEEDED', sequence: 2, output: { value: 3 } }),
    ];
    await openRun(house.deps)({ ...key, runId: again.id });
    await closeRun(house.deps)({ ...key, ...end, runId: again.id, status: 'SUCCEEDED', events });

    const compared = await compareRuns(house.tenant.as('viewer'), { left: runId, right: again.id });
    expect(compared).toMatchObject({
      ...{
        same: false,
        firstDivergence: { path: 'two', what: 'STATUS', left: 'FAILED', right: 'SUCCEEDED' },
      },
      left: { runId, version: 1, status: 'FAILED', durationMs: expect.any(Number) },
      right: { runId: again.id, version: 2, status: 'SUCCEEDED', durationMs: expect.any(Number) },
      steps: [
        { path: 'one', same: true, slowerByMs: null, left: { reused: false }, right: { reused: true } },
        { path: 'two', same: false, differs: ['STATUS', 'ERROR', 'OUTPUT'] },
      ],
      differences: [{ stepId: 'two' }],
    });
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
