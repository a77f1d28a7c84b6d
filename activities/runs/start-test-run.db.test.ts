import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Prisma } from '../../prisma/database.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { RunError } from '../../workflows/runs/model.ts';
import { createWorkflow, saveDraft } from '../definitions/index.ts';
import { archiveWorkflow, publishWorkflow } from '../publishing/index.ts';
import { closeRun } from './close-run.ts';
import { createChildRun } from './create-child-run.ts';
import { getRun } from './get-run.ts';
import { getRunDefinition } from './get-run-definition.ts';
import { listRuns } from './list-runs.ts';
import { openRun } from './open-run.ts';
import { rerunFromStep } from './rerun-from-step.ts';
import { startRun } from './start-run.ts';
import { startTestRun } from './start-test-run.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());

const flowOf = (value: unknown, more: object = {}) =>
  ({
    flow: 'v1',
    steps: [
      { id: 'first', kind: 'transform', with: { value } },
      { id: 'last', kind: 'transform', with: { value: 1 } },
    ],
    ...more,
  }) as unknown as JsonObject;
const owner = () => house.tenant.as('owner');
async function draft(definition: JsonObject): Promise<{ id: string; hash: string }> {
  const { id, draft: saved } = await createWorkflow(owner(), { name: `Test ${randomUUID()}`, definition });
  return { id, hash: saved.hash };
}
type Wanted = Parameters<typeof startTestRun>[1];
async function start(input: Wanted): Promise<RunKey> {
  const { id } = await startTestRun(owner(), input);
  return { tenantId: house.tenant.tenantId, runId: id };
}
const open = (key: RunKey) => openRun(house.deps)(key);
const plan = { pins: {}, until: null, only: null, vars: {}, unpinnedEffects: 'FAIL' };
const error: RunError = { code: 'FAILED', message: 'no', stepId: 'last', path: 'last', details: null };
async function ended(key: RunKey, status: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED'): Promise<void> {
  await open(key);
  const events = [stepEvent({ path: 'last', stepId: 'last', kind: 'SUCCEEDED', sequence: 1 })];
  const end = { output: null, error: status === 'FAILED' ? error : null, response: null, events };
  await closeRun(house.deps)({ ...key, status, ...end });
}

describe('a test run', () => {
  it('runs the draft as it was when the test was started', async () => {
    const { id: workflowId, hash } = await draft(flowOf(1));
    const pins = { first: { output: { n: 1 } } };
    const key = await start({ workflowId, pins, until: 'last' });
    await saveDraft(owner(), { workflowId, definition: flowOf(2), basedOnHash: hash });
    const opened = await open(key);
    expect(opened).toMatchObject({
      workflow: { id: workflowId, version: 0 },
      flow: { steps: [{ with: { value: 1 } }, {}] },
      test: { ...plan, pins, until: 'last' },
      requesterId: house.tenant.people.owner.id,
    });
    expect(opened.test).toEqual({ ...plan, pins, until: 'last' });
    expect(await getRunDefinition(owner(), { runId: key.runId })).toEqual(flowOf(1));
    const view = await getRun(owner(), { runId: key.runId });
    expect(view).toMatchObject({ version: 0, trigger: 'test', status: 'RUNNING', test: { pins } });
    expect(opened.workflow.hash).toBe(view.hash);
  });

  it('runs a published version, and has what the run of it has', async () => {
    const { id: workflowId } = await house.publish();
    const key = await start({ workflowId, version: 1, unpinnedEffects: 'RUN' });
    const run = await startRun(owner(), { workflowId });
    const plain = await open({ ...key, runId: run.id });
    expect(plain).not.toHaveProperty('test');
    expect(await open(key)).toEqual({
      ...plain,
      startedAt: expect.any(String),
      test: { ...plan, unpinnedEffects: 'RUN' },
    });
  });

  it('is refused when its draft was changed under it', async () => {
    const { id: workflowId } = await draft(flowOf(1));
    const key = await start({ workflowId });
    const changed = flowOf(7) as unknown as Prisma.InputJsonObject;
    await house.database.withTenant(key.tenantId, (db) =>
      db.run.updateMany({ where: { id: key.runId }, data: { testDraft: changed } }),
    );
    await expect(open(key)).rejects.toMatchObject({ type: 'DEFINITION_CHANGED', nonRetryable: true });
  });

  it('is told apart in the list of runs', async () => {
    const { id: workflowId } = await house.publish();
    const test = await start({ workflowId });
    const run = await startRun(owner(), { workflowId });
    const ids = async (wanted: boolean | null) => {
      const page = await listRuns(owner(), { first: 10, after: null, filter: { workflowId, test: wanted } });
      return page.items.map(({ node }) => node.id);
    };
    expect(await ids(true)).toEqual([test.runId]);
    expect(await ids(false)).toEqual([run.id]);
    expect(await ids(null)).toHaveLength(2);
  });

  it('belongs to no group of failures, and cannot be run again: its results may be made up', async () => {
    const { id: workflowId } = await house.publish(flowOf(1));
    const test = await start({ workflowId, pins: { first: { output: 1 } } });
    const run = { ...test, runId: (await startRun(owner(), { workflowId })).id };
    await ended(test, 'FAILED');
    await ended(run, 'FAILED');
    const groups = await house.database.withTenant(test.tenantId, (db) =>
      db.run.findMany({
        where: { workflowId },
        orderBy: { createdAt: 'asc' },
        select: { failureFingerprint: true },
      }),
    );
    expect(groups).toEqual([{ failureFingerprint: null }, { failureFingerprint: expect.any(String) }]);
    const again = rerunFromStep(owner(), { runId: test.runId, fromStep: 'last' });
    await expect(again).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', reason: 'run_is_test' });
  });

  it('makes what it calls part of the test', async () => {
    const { id: workflowId, name } = await house.publish();
    const test = await start({ workflowId, unpinnedEffects: 'RUN' });
    const call = { path: 'call', workflow: name, version: null, input: { value: {} }, depth: 1 };
    const made = await createChildRun(house.deps)({ ...test, ...call });
    if ('error' in made) throw new Error(made.error.message);
    expect((await open({ ...test, runId: made.runId })).test).toEqual({ ...plan, unpinnedEffects: 'RUN' });
  });
});

describe('startTestRun', () => {
  it.each<[string, () => Promise<Wanted>, object]>([
    [
      'a draft that does not validate',
      async () => ({ workflowId: (await draft(flowOf('{{ 1 +'))).id }),
      { reason: 'definition_invalid', details: { issues: [{ code: 'EXPRESSION_INVALID' }] } },
    ],
    [
      'an input that the definition does not take',
      async () => ({
        workflowId: (await draft(flowOf(1, { input: { required: ['id'], type: 'object' } }))).id,
      }),
      { reason: 'input_invalid', details: { field: 'input.id' } },
    ],
    [
      'steps that are not there',
      async () => ({ workflowId: (await draft(flowOf(1))).id, only: 'none', pins: { nope: { output: 1 } } }),
      { reason: 'test_invalid', details: { issues: [{ field: 'pins.nope' }, { field: 'only' }] } },
    ],
    [
      'results that are too large',
      async () => ({
        workflowId: (await draft(flowOf(1))).id,
        pins: { first: { output: 'x'.repeat(600_000) } },
      }),
      { reason: 'input_invalid', details: { field: 'pins' } },
    ],
  ])('refuses %s', async (_, input, refusal) => {
    await expect(start(await input())).rejects.toMatchObject({ code: 'INVALID', ...refusal });
  });

  it('refuses an archived workflow, a version that is not there, and what belongs to others', async () => {
    const { id: workflowId } = await house.publish();
    await expect(start({ workflowId, version: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const stranger = await house.newTenant();
    await expect(startTestRun(stranger.as('owner'), { workflowId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const viewer = startTestRun(house.tenant.as('viewer'), { workflowId });
    await expect(viewer).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await archiveWorkflow(owner(), { workflowId });
    await expect(start({ workflowId })).rejects.toMatchObject({ reason: 'workflow_archived' });
  });

  it('tests a published version whose draft is broken', async () => {
    const { id: workflowId, hash } = await draft(flowOf(1));
    await publishWorkflow(owner(), { workflowId });
    await saveDraft(owner(), { workflowId, definition: {}, basedOnHash: hash });
    expect((await open(await start({ workflowId, version: 1 }))).workflow.version).toBe(1);
  });
});
