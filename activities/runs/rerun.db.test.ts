import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Flow, Step } from '../../workflows/definitions/model.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { saveDraft, getWorkflow } from '../definitions/index.ts';
import { publishWorkflow } from '../publishing/index.ts';
import { closeRun } from './close-run.ts';
import { getRun } from './get-run.ts';
import { holdValue } from './hold-value.ts';
import { listSteps } from './list-steps.ts';
import { openRun } from './open-run.ts';
import { previewRerun } from './preview-rerun.ts';
import { readRunValues } from './read-run-values.ts';
import { recordSteps } from './record-steps.ts';
import { rerunFromStep } from './rerun-from-step.ts';
import { startRun } from './start-run.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());

const transform = (id: string, value: unknown) =>
  ({ id, kind: 'transform', with: { value } }) as unknown as Step;
const STEPS = [transform('a', 1), transform('b', '{{ input.n }}'), transform('c', 3)];
const INPUT = { type: 'object', required: ['n'], properties: { n: { type: 'number' } } } as JsonObject;
const operator = () => house.tenant.as('operator');

/** A run that failed at `b`, after `a` gave a value that is stored outside. */
async function failedRun(fields: Partial<Flow> = {}) {
  const workflow = await house.publish({ steps: STEPS, input: INPUT, ...fields });
  const { id: runId } = await startRun(operator(), { workflowId: workflow.id, input: { n: 5 } });
  const key: RunKey = { tenantId: house.tenant.tenantId, runId };
  const held = await holdValue(house.database, { ...key, path: 'a' }, { value: [1, 2], outside: true });
  if (!('output' in held)) throw new Error('not held');
  const error = { code: 'FAILED', message: 'no', stepId: 'b', path: 'b', details: null };
  await openRun(house.deps)(key);
  await closeRun(house.deps)({
    ...{ ...key, status: 'FAILED', output: null, error, response: null },
    events: [
      stepEvent({ path: 'a', stepId: 'a', kind: 'STARTED', sequence: 0 }),
      stepEvent({ path: 'a', stepId: 'a', kind: 'SUCCEEDED', sequence: 1, output: held.output }),
      stepEvent({ path: 'b', stepId: 'b', kind: 'STARTED', sequence: 2 }),
      stepEvent({ path: 'b', stepId: 'b', kind: 'FAILED', sequence: 3, error }),
    ],
  });
  return { key, workflowId: workflow.id, held: held.output };
}

async function publishNext(workflowId: string, fields: Partial<Flow>) {
  const builder = house.tenant.as('owner');
  const { draft } = await getWorkflow(builder, { id: workflowId });
  const definition = { flow: 'v1', steps: STEPS, input: INPUT, ...fields } as unknown as JsonObject;
  await saveDraft(builder, { workflowId, definition, basedOnHash: draft.hash });
  await publishWorkflow(builder, { workflowId });
}

describe('rerunFromStep', () => {
  it('makes a run with the same input, the results of before, and a seed for the worker', async () => {
    const { key, held } = await failedRun();
    const { id } = await rerunFromStep(operator(), { runId: key.runId, fromStep: 'b' });
    const [before, run] = [
      await getRun(operator(), { runId: key.runId }),
      await getRun(operator(), { runId: id }),
    ];
    expect(run).toMatchObject({
      ...{ status: 'QUEUED', trigger: 'rerun', rerunOf: key.runId, rerunFrom: 'b' },
      ...{ input: before.input, version: 1, hash: before.hash, requesterId: house.tenant.people.operator.id },
    });
    expect(house.dispatched.at(-1)?.message).toMatchObject({ kind: 'startRun', runId: id, version: 1 });
    const opened = await openRun(house.deps)({ ...key, runId: id });
    expect(opened.seed).toEqual({
      journal: { children: { a: { done: { output: held } } } },
      response: null,
      sequence: 1,
    });
  });

  it('shows the steps taken over as what they are, beside those that run', async () => {
    const { key } = await failedRun();
    const { id } = await rerunFromStep(operator(), { runId: key.runId, fromStep: 'b' });
    const before = await listSteps(operator(), { runId: key.runId });
    const copied = await listSteps(operator(), { runId: id });
    const [a] = before.items;
    expect(copied.items.map(({ node }) => node)).toEqual([{ ...a?.node, runId: id, reusedFrom: key.runId }]);
    await recordSteps(house.deps)({
      ...{ ...key, runId: id },
      events: [stepEvent({ path: 'b', stepId: 'b', kind: 'STARTED', sequence: 1 })],
    });
    const all = await listSteps(operator(), { runId: id });
    expect(all.items.map(({ node }) => [node.path, node.reusedFrom])).toEqual([
      ['a', key.runId],
      ['b', null],
    ]);
  });

  it('lets the new run, and a run again of that one, read stored values; and no other run', async () => {
    const { key, held } = await failedRun();
    const { id } = await rerunFromStep(operator(), { runId: key.runId, fromStep: 'b' });
    const end = { output: null, error: null, response: null, events: [] };
    await closeRun(house.deps)({ ...key, runId: id, status: 'CANCELLED', ...end });
    const third = await rerunFromStep(operator(), { runId: id, fromStep: 'a' });
    const other = await house.newRun();
    if (!('ref' in held)) throw new Error('not stored');
    const read = async (runId: string) => readRunValues(operator(), { runId, refs: [held.ref] });
    expect(await read(id)).toEqual([[1, 2]]);
    expect(await read(third.id)).toEqual([[1, 2]]);
    expect(await read(other.runId)).toEqual([null]);
    expect(await house.deps.values.read({ ...key, runId: id }, held)).toEqual([1, 2]);
    await expect(house.deps.values.read({ ...other }, held)).rejects.toThrow();
    const stranger = await house.newTenant();
    const foreign = { tenantId: stranger.tenantId, runId: id };
    await expect(house.deps.values.read(foreign, held)).rejects.toThrow();
  });

  it('runs a newer version, and keeps what is no longer there out of it', async () => {
    const { key, workflowId } = await failedRun();
    await publishNext(workflowId, { steps: [transform('a', 9), transform('b', 2), transform('d', 4)] });
    const input = { runId: key.runId, fromStep: 'b', version: 2 };
    const preview = await previewRerun(operator(), input);
    expect(preview).toMatchObject({ version: 2, reused: ['a'], changed: ['a'], problems: [] });
    expect(preview.differences.map(({ kind, stepId }) => [kind, stepId])).toEqual([
      ['changed', 'a'],
      ['changed', 'b'],
      ['added', 'd'],
      ['removed', 'c'],
    ]);
    const { id } = await rerunFromStep(operator(), input);
    expect(await getRun(operator(), { runId: id })).toMatchObject({ version: 2 });
    expect((await openRun(house.deps)({ ...key, runId: id })).flow.steps).toHaveLength(3);
  });

  it('gives one run for one idempotency key', async () => {
    const { key } = await failedRun();
    const once = () => rerunFromStep(operator(), { runId: key.runId, fromStep: 'b' }, 'again');
    expect(await once()).toEqual(await once());
  });

  it.each<[string, (id: string) => { runId: string; fromStep: string; version?: number }, object]>([
    [
      'an unknown step',
      (runId) => ({ runId, fromStep: 'nowhere' }),
      { code: 'INVALID', reason: 'step_unknown', details: { field: 'fromStep' } },
    ],
    [
      'a step that the run never came to',
      (runId) => ({ runId, fromStep: 'c' }),
      { code: 'INVALID', reason: 'step_unknown', details: { field: 'fromStep' } },
    ],
    [
      'a version that is not there',
      (runId) => ({ runId, fromStep: 'b', version: 7 }),
      { code: 'NOT_FOUND', reason: 'version_not_found' },
    ],
  ])('refuses %s', async (_, input, refusal) => {
    const { key } = await failedRun();
    await expect(rerunFromStep(operator(), input(key.runId))).rejects.toMatchObject(refusal);
    await expect(previewRerun(operator(), input(key.runId))).rejects.toMatchObject(refusal);
  });

  it('refuses an older version, naming the field', async () => {
    const { key, workflowId } = await failedRun();
    await publishNext(workflowId, { output: 1 });
    const { id } = await rerunFromStep(operator(), { runId: key.runId, fromStep: 'b', version: 2 });
    const end = { output: null, error: null, response: null, events: [] };
    await closeRun(house.deps)({ ...key, runId: id, status: 'CANCELLED', ...end });
    await expect(rerunFromStep(operator(), { runId: id, fromStep: 'a', version: 1 })).rejects.toMatchObject({
      code: 'INVALID',
      details: { field: 'version' },
    });
  });

  it('refuses a run that goes on, and one of another tenant', async () => {
    const open = await house.newRun();
    await expect(rerunFromStep(operator(), { runId: open.runId, fromStep: 'only' })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: 'run_open',
    });
    const { key } = await failedRun();
    const stranger = (await house.newTenant()).as('owner');
    const input = { runId: key.runId, fromStep: 'b' };
    await expect(rerunFromStep(stranger, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(previewRerun(stranger, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses, and the preview says why, what the version does not take', async () => {
    const { key, workflowId } = await failedRun();
    const strict = { ...INPUT, required: ['n', 'm'] } as JsonObject;
    await publishNext(workflowId, { input: strict, steps: [transform('a', 1), transform('c', 3)] });
    const input = { runId: key.runId, fromStep: 'b', version: 2 };
    const { problems } = await previewRerun(operator(), input);
    expect(problems.map(({ reason }) => reason)).toEqual(['step_not_in_version', 'input_invalid']);
    await expect(rerunFromStep(operator(), input)).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'step_not_in_version',
      details: { field: 'fromStep' },
    });
  });
});
