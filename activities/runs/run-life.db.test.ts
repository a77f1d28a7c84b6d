import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { globalId } from '../../workflows/ids.ts';
import type { CloseRunInput, CreateChildRunInput, RunKey } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, type RunError } from '../../workflows/runs/model.ts';
import { createWorkflow } from '../definitions/index.ts';
import { archiveWorkflow } from '../publishing/index.ts';
import { cancelRun } from './cancel-run.ts';
import { closeRun } from './close-run.ts';
import { createChildRun, MAX_CALL_DEPTH } from './create-child-run.ts';
import { getRun } from './get-run.ts';
import { openRun } from './open-run.ts';
import { recordSteps } from './record-steps.ts';
import { startRun } from './start-run.ts';
import { noise, openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;

beforeAll(async () => {
  house = await openRunHouse();
});
afterAll(() => house.close());

const viewOf = ({ runId }: RunKey) => getRun(house.tenant.as('viewer'), { runId });
const open = (key: RunKey) => openRun(house.deps)(key);
const close = (key: RunKey, end: Partial<CloseRunInput> = {}) =>
  closeRun(house.deps)({
    ...key,
    status: 'SUCCEEDED',
    output: null,
    error: null,
    response: null,
    events: [],
    ...end,
  });

/** Changes rows as only an intruder with the owner's rights could. */
async function tamper(sql: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: house.test.adminUrl });
  await client.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(sql, values);
  await client.end();
}

describe('openRun', () => {
  it('gives what the run needs to know, and marks it RUNNING once', async () => {
    const key = await house.newRun({ chargeId: 'c1' });
    const opened = await open(key);
    const view = await viewOf(key);
    expect(opened).toMatchObject({
      workflow: { id: view.workflowId, name: view.workflowName, version: 1, hash: view.hash },
      flow: { flow: 'v1', steps: [{ id: 'only' }] },
      input: { value: { chargeId: 'c1' } },
      requesterId: house.tenant.people.owner.id,
      launchStage: 'pre-launch',
      depth: 0,
      cancelRequested: false,
    });
    expect(view).toMatchObject({ status: 'RUNNING', startedAt: opened.startedAt });
    expect(await open(key)).toEqual(opened);
  });

  it('leaves a run that waits in its state when a new history opens it', async () => {
    const key = await house.newRun();
    await open(key);
    await recordSteps(house.deps)({ ...key, events: [], run: { status: 'WAITING', revision: 1 } });
    await open(key);
    expect((await viewOf(key)).status).toBe('WAITING');
  });

  it('hands a large input over by reference', async () => {
    const input = { text: noise(INLINE_BYTES) };
    const key = await house.newRun(input);
    const opened = await open(key);
    expect(opened.input).toEqual({ ref: expect.any(String), bytes: JSON.stringify(input).length });
    expect(await house.deps.values.read(key, opened.input)).toEqual(input);
  });

  it('says that the run was cancelled before it began', async () => {
    const key = await house.newRun();
    await cancelRun(house.tenant.as('operator'), { runId: key.runId });
    expect((await open(key)).cancelRequested).toBe(true);
  });

  it('refuses a definition that is not the one the run was started with', async () => {
    const key = await house.newRun();
    const { workflowId } = await viewOf(key);
    // What this process read before is not read again: the version and the run name another hash, the content has its own.
    const other = 'f'.repeat(64);
    await tamper('UPDATE workflow_version SET hash = $2 WHERE workflow_id = $1', [workflowId, other]);
    await tamper('UPDATE run SET hash = $2 WHERE id = $1', [key.runId, other]);
    await expect(open(key)).rejects.toMatchObject({ type: 'DEFINITION_CHANGED', nonRetryable: true });
    await tamper(`UPDATE workflow_version SET definition = '{"flow":"v9"}' WHERE workflow_id = $1`, [
      workflowId,
    ]);
    await expect(open(key)).rejects.toMatchObject({ type: 'DEFINITION_UNREADABLE', nonRetryable: true });
    await tamper('DELETE FROM workflow_version WHERE workflow_id = $1', [workflowId]);
    await expect(open(key)).rejects.toMatchObject({ type: 'DEFINITION_MISSING', nonRetryable: true });
    expect((await viewOf(key)).status).toBe('QUEUED');
  });

  it('refuses a run that is over, unknown or of another tenant', async () => {
    const key = await house.newRun();
    const stranger = await house.newTenant();
    await expect(open({ ...key, tenantId: stranger.tenantId })).rejects.toMatchObject({
      type: 'RUN_MISSING',
    });
    await close(key);
    await expect(open(key)).rejects.toMatchObject({
      ...{ type: 'RUN_CLOSED', nonRetryable: true },
      details: [{ status: 'SUCCEEDED' }],
    });
  });
});

describe('closeRun', () => {
  const error: RunError = { code: 'FAILED', message: 'no', stepId: 'a', path: 'a', details: { n: 1 } };

  it('writes the end with the last events, once', async () => {
    const key = await house.newRun();
    const response = { status: 201, headers: { a: 'b' }, body: { nul: 'a\0' } };
    const events = [stepEvent({ path: 'only', kind: 'SUCCEEDED', sequence: 1, output: { value: 1 } })];
    await close(key, { output: { value: { ok: true } }, response, events });
    const view = await viewOf(key);
    expect(view).toMatchObject({
      status: 'SUCCEEDED',
      output: { ok: true },
      error: null,
      response: { status: 201, body: { nul: 'a\ufffd' } },
      finishedAt: expect.any(String),
    });
    await close(key, { status: 'FAILED', error, events });
    expect(await viewOf(key)).toEqual(view);
    expect((await house.rowsOf(key)).steps).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('leaves no step open', async () => {
    const key = await house.newRun();
    const events = [
      stepEvent({ path: 'a', kind: 'WAITING', sequence: 0, until: 1_800_000_000_000 }),
      stepEvent({ path: 'b', kind: 'FAILED', sequence: 1, error }),
    ];
    await recordSteps(house.deps)({ ...key, events });
    await close(key, { status: 'FAILED', error });
    expect(await viewOf(key)).toMatchObject({ status: 'FAILED', error, output: null });
    const { steps } = await house.rowsOf(key);
    expect(steps).toMatchObject([
      { path: 'a', status: 'CANCELLED', until: null, finishedAt: expect.any(String) },
      { path: 'b', status: 'FAILED' },
    ]);
    // What was on its way when the run was closed opens nothing again.
    await recordSteps(house.deps)({ ...key, events });
    expect((await house.rowsOf(key)).steps).toEqual(steps);
  });

  it('takes an output that the database cannot hold in a row', async () => {
    const key = await house.newRun();
    await close(key, { output: { value: 'nul \0' } });
    expect(await viewOf(key)).toMatchObject({ output: null, outputRef: expect.any(String) });
  });

  it('tells subscribers at the commit', async () => {
    const client = new pg.Client({ connectionString: house.test.appUrl });
    await client.connect();
    await client.query('LISTEN levqor_live');
    const heard = new Promise((resolve) => client.once('notification', ({ payload }) => resolve(payload)));
    const key = await house.newRun();
    await close(key);
    expect(JSON.parse(String(await heard))).toEqual({ topic: 'run', ...key, news: 'ended' });
    await client.end();
  });
});

describe('createChildRun', () => {
  let parent: RunKey;
  beforeAll(async () => {
    parent = await house.newRun();
  });
  const call = (fields: Partial<CreateChildRunInput>) =>
    createChildRun(house.deps)({
      ...parent,
      path: 'call',
      workflow: 'none',
      version: null,
      input: { value: {} },
      ...{ depth: 1, waits: true, onParentEnd: 'cancel' as const },
      ...fields,
    });
  async function made(fields: Partial<CreateChildRunInput>): Promise<RunKey> {
    const outcome = await call(fields);
    if ('error' in outcome) throw new Error(outcome.error.message);
    return { ...parent, runId: outcome.runId };
  }

  it('writes the same run for the same path, and another one for another path', async () => {
    const { id, name } = await house.publish();
    const first = await made({ path: 'same', workflow: name, input: { value: { a: 1 } } });
    expect(await made({ path: 'same', workflow: name, input: { value: { a: 1 } } })).toEqual(first);
    const second = await made({ path: 'same#2', workflow: globalId('workflow', id) });
    expect(second.runId).not.toBe(first.runId);
    expect(await viewOf(first)).toMatchObject({
      workflowId: id,
      status: 'QUEUED',
      input: { a: 1 },
      trigger: 'workflow',
      startedBy: { kind: 'workflow', runId: parent.runId, waits: true, onParentEnd: 'cancel' },
      requesterId: house.tenant.people.owner.id,
      parentRunId: parent.runId,
      depth: 1,
    });
    expect(await open(first)).toMatchObject({ depth: 1, launchStage: 'pre-launch' });
  });

  it('copies an input that is stored, so that the child sees its own', async () => {
    const { name } = await house.publish();
    const text = noise(INLINE_BYTES);
    const caller = await house.newRun({ text });
    const { input } = await open(caller);
    const outcome = await call({ ...caller, workflow: name, input });
    if (!('runId' in outcome)) throw new Error('refused');
    const child = { ...caller, runId: outcome.runId };
    expect(await house.deps.values.read(child, (await open(child)).input)).toEqual({ text });
  });

  it('takes no input for an empty one', async () => {
    const { name } = await house.publish({ input: { type: 'object' } });
    expect(await viewOf(await made({ path: 'empty', workflow: name, input: { value: null } }))).toMatchObject(
      {
        input: {},
      },
    );
  });

  it('says why a workflow cannot be called', async () => {
    const strict = await house.publish({ input: { type: 'object', required: ['id'] } });
    const archived = await house.publish();
    await archiveWorkflow(house.tenant.as('owner'), { workflowId: archived.id });
    const draft = await createWorkflow(house.tenant.as('owner'), { name: 'Only a draft', definition: {} });
    const foreign = globalId('workflow', (await openForeign()).id);
    const refusals: [Partial<CreateChildRunInput>, string][] = [
      [{ workflow: 'Nowhere' }, 'There is no workflow "Nowhere" to call.'],
      [{ workflow: foreign }, `There is no workflow "${foreign}" to call.`],
      [{ workflow: archived.name }, `There is no workflow "${archived.name}" to call.`],
      [
        { workflow: globalId('workflow', draft.id) },
        'The workflow "Only a draft" has no published version yet.',
      ],
      [{ workflow: strict.name, version: 7 }, `The workflow "${strict.name}" has no published version 7.`],
    ];
    for (const [i, [fields, message]] of refusals.entries())
      expect(await call({ path: `refused${i}`, ...fields })).toMatchObject({
        error: { code: 'CHILD_FAILED', message, retryable: false },
      });
    expect(await call({ path: 'wrong-input', workflow: strict.name })).toMatchObject({
      error: { code: 'CHILD_FAILED', details: { issues: [{ field: 'input.id' }] } },
    });
  });

  it('ends a chain of calls', async () => {
    const { name } = await house.publish();
    expect(await call({ path: 'deep', workflow: name, depth: MAX_CALL_DEPTH })).toHaveProperty('runId');
    expect(await call({ path: 'deeper', workflow: name, depth: MAX_CALL_DEPTH + 1 })).toMatchObject({
      error: { code: 'LIMIT_REACHED', retryable: false },
    });
  });

  async function openForeign(): Promise<{ id: string }> {
    const stranger = await house.newTenant();
    return createWorkflow(stranger.as('owner'), { name: 'Theirs', definition: {} });
  }
});

describe('a run of a service', () => {
  it('belongs to the person who published the version', async () => {
    const { id: workflowId } = await house.publish();
    const { id } = await startRun(house.tenant.asService(['operator']), { workflowId });
    expect(await viewOf({ tenantId: house.tenant.tenantId, runId: id })).toMatchObject({
      requesterId: house.tenant.people.owner.id,
      startedBy: { kind: 'service', name: 'A service' },
    });
  });
});
