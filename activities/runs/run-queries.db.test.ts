import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { StepEvent } from '../../workflows/runs/model.ts';
import { getWorkflow, saveDraft } from '../definitions/index.ts';
import type { Page } from '../page.ts';
import { publishWorkflow } from '../publishing/index.ts';
import { countSteps } from './count-steps.ts';
import { createChildRun } from './create-child-run.ts';
import { getRun } from './get-run.ts';
import { getRunDefinition } from './get-run-definition.ts';
import { getStep } from './get-step.ts';
import { listEvents } from './list-events.ts';
import { listRuns } from './list-runs.ts';
import { listSteps } from './list-steps.ts';
import { recordSteps } from './record-steps.ts';
import { startRun } from './start-run.ts';
import { stepsOfRuns } from './steps-of-runs.ts';
import { openRunHouse, stepEvent, type RunHouse } from './testing.ts';

let house: RunHouse;
let workflowId: string;
let runs: RunKey[];

beforeAll(async () => {
  house = await openRunHouse();
  workflowId = (await house.publish()).id;
  runs = [];
  for (const role of ['owner', 'operator', 'operator', 'owner', 'operator'] as const) {
    const { id } = await startRun(house.tenant.as(role), { workflowId });
    runs.push({ tenantId: house.tenant.tenantId, runId: id });
  }
  const [first] = runs;
  if (!first) throw new Error('no run');
  await recordSteps(house.deps)({ ...first, events: EVENTS, run: { status: 'WAITING', revision: 1 } });
});
afterAll(() => house.close());

const viewer = () => house.tenant.as('viewer');
const firstRun = () => runs[0]?.runId as RunId;

/** Two events for each step; the third and the fourth step share a sequence number, as after a crash they may. */
const EVENTS: StepEvent[] = Array.from({ length: 7 }, (_, i) => {
  const sequence = 2 * (i === 3 ? 2 : i);
  const error = { code: 'FAILED', message: 'no', stepId: 'step', path: `s${i}`, details: null };
  return [
    stepEvent({ path: `s${i}`, kind: 'STARTED', sequence }),
    stepEvent({ path: `s${i}`, kind: 'FAILED', sequence: sequence + 1, error }),
  ];
}).flat();

/** Reads all pages; `read` takes the cursor to go on from. */
async function allPages<Node>(read: (after: string | null) => Promise<Page<Node>>): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<Node> = await read(after);
    nodes.push(...page.items.map(({ node }) => node));
    if (!page.hasNextPage) return nodes;
    after = page.endCursor;
  }
}

describe('listRuns', () => {
  const idsBy = async (filter: NonNullable<Parameters<typeof listRuns>[1]['filter']>, ctx = viewer()) =>
    (await listRuns(ctx, { first: 100, filter })).items.map(({ node }) => node.id);

  it('pages through all runs, newest first', async () => {
    const all = await allPages((after) => listRuns(viewer(), { first: 2, after, filter: { workflowId } }));
    expect(all.map(({ id }) => id)).toEqual(runs.map(({ runId }) => runId).reverse());
  });

  it('filters by workflow, status, starter and time', async () => {
    expect(await idsBy({ status: ['WAITING'] })).toEqual([firstRun()]);
    expect(await idsBy({ status: ['WAITING', 'QUEUED'] })).toHaveLength(5);
    expect(await idsBy({ workflowId: randomUUID() })).toEqual([]);
    expect(await idsBy({ startedByMe: true }, house.tenant.as('owner'))).toHaveLength(2);
    expect(await idsBy({ startedByMe: true }, house.tenant.asService(['viewer']))).toEqual([]);
    const { createdAt } = await getRun(viewer(), { runId: firstRun() });
    expect(await idsBy({ startedBefore: createdAt })).toEqual([]);
    expect(await idsBy({ startedAfter: createdAt })).not.toContain(firstRun());
    expect(await idsBy({ startedBefore: '2100-01-01T00:00:00+02:00' })).toHaveLength(5);
  });

  it('finds the runs that a run called', async () => {
    const caller = await house.newRun();
    const { name } = await house.publish();
    const call = { path: 'call', workflow: name, version: null, input: { value: {} }, depth: 1 };
    const made = await createChildRun(house.deps)({ ...caller, ...call });
    expect(await idsBy({ parentRunId: caller.runId })).toEqual(['runId' in made ? made.runId : '']);
  });

  it('shows nothing to another tenant', async () => {
    const stranger = await house.newTenant();
    expect(await idsBy({}, stranger.as('owner'))).toEqual([]);
    const read = { runId: firstRun() };
    const ctx = stranger.as('owner');
    const refusals = [
      ...[getRun(ctx, read), getRunDefinition(ctx, read), getStep(ctx, { ...read, path: 's0' })],
      ...[listSteps(ctx, read), listEvents(ctx, read)],
    ];
    for (const refused of refusals)
      await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'run_not_found' });
    expect(await stepsOfRuns(ctx, { runIds: [firstRun()] })).toEqual(new Map([[firstRun(), []]]));
  });

  it.each([
    [{ filter: { startedAfter: 'yesterday' } }, 'filter.startedAfter'],
    [{ filter: { status: ['DONE'] } }, 'filter.status.0'],
    [{ after: 'made-up' }, 'after'],
    [{ first: 101 }, 'first'],
  ])('refuses %j', async (input, field) => {
    await expect(listRuns(viewer(), input as never)).rejects.toMatchObject({
      code: 'INVALID',
      details: { field },
    });
  });
});

describe('listSteps', () => {
  it('gives the steps in the order in which they began, page by page', async () => {
    const all = await listSteps(viewer(), { runId: firstRun() });
    expect(all.hasNextPage).toBe(false);
    expect(all.items.map(({ node }) => node.path)).toEqual(['s0', 's1', 's2', 's3', 's4', 's5', 's6']);
    expect(all.items[0]?.node).toMatchObject({ status: 'FAILED', attempt: 1, error: { code: 'FAILED' } });
    const paged = await allPages((after) => listSteps(viewer(), { runId: firstRun(), first: 3, after }));
    expect(paged).toEqual(all.items.map(({ node }) => node));
  });

  it.each(['made-up', Buffer.from('[1]').toString('base64url'), Buffer.from('{').toString('base64url')])(
    'refuses the cursor %j',
    async (after) => {
      for (const list of [listSteps, listEvents])
        await expect(list(viewer(), { runId: firstRun(), after })).rejects.toMatchObject({
          code: 'INVALID',
          reason: 'cursor_invalid',
        });
    },
  );
});

describe('getStep', () => {
  it('gives one step by its path', async () => {
    const { items } = await listSteps(viewer(), { runId: firstRun() });
    expect(await getStep(viewer(), { runId: firstRun(), path: 's3' })).toEqual(items[3]?.node);
    expect(await getStep(viewer(), { runId: firstRun(), path: 's3/inside' })).toBeNull();
  });
});

describe('getRunDefinition', () => {
  it('gives the version that the run runs, whatever was published since', async () => {
    const key = await house.newRun();
    const before = await getRunDefinition(viewer(), { runId: key.runId });
    expect(before).toMatchObject({ flow: 'v1', steps: [{ id: 'only', kind: 'transform' }] });
    const { workflowId: id } = await getRun(viewer(), { runId: key.runId });
    const { draft } = await getWorkflow(viewer(), { id });
    const steps = [{ id: 'other', kind: 'transform', with: { value: 2 } }];
    const owner = house.tenant.as('owner');
    const definition = { flow: 'v1', steps } as unknown as JsonObject;
    await saveDraft(owner, { workflowId: id, definition, basedOnHash: draft.hash });
    await publishWorkflow(owner, { workflowId: id });
    expect(await getRunDefinition(viewer(), { runId: key.runId })).toEqual(before);
  });
});

describe('listEvents', () => {
  it('gives every event once, page by page, even where sequence numbers meet', async () => {
    const all = await allPages((after) => listEvents(viewer(), { runId: firstRun(), first: 3, after }));
    expect(all).toHaveLength(EVENTS.length);
    expect(new Set(all.map(({ path, kind }) => `${path} ${kind}`)).size).toBe(EVENTS.length);
    expect(all[1]).toMatchObject({
      kind: 'FAILED',
      error: { code: 'FAILED' },
      until: null,
      waitingFor: null,
    });
  });

  it('begins behind what is known', async () => {
    const { items } = await listEvents(viewer(), { runId: firstRun(), afterSequence: 11 });
    expect(items.map(({ node }) => node.sequence)).toEqual([12, 13]);
  });
});

describe('stepsOfRuns', () => {
  it('gives the steps of each run in one go', async () => {
    const runIds = [firstRun(), runs[1]?.runId ?? ''];
    const found = await stepsOfRuns(viewer(), { runIds });
    const { items } = await listSteps(viewer(), { runId: firstRun() });
    expect(found.get(firstRun())).toEqual(items.map(({ node }) => node));
    expect(found.get(runs[1]?.runId ?? '')).toEqual([]);
  });

  it('leaves out none that did not end well where a run has too many, and counts them all', async () => {
    const [, , long] = runs;
    if (!long) throw new Error('no run');
    const rounds = Array.from({ length: 1_200 }, (_, i) => `each[${i}]/do`);
    const error = { code: 'FAILED', message: 'no', stepId: 'do', path: 'each[1150]/do', details: null };
    const events = rounds.flatMap((path, i) => [
      stepEvent({ path, kind: 'STARTED', sequence: 2 * i }),
      i === 1_150
        ? stepEvent({ path, kind: 'FAILED', sequence: 2 * i + 1, error })
        : stepEvent({ path, kind: i === 1_199 ? 'WAITING' : 'SUCCEEDED', sequence: 2 * i + 1 }),
    ]);
    await recordSteps(house.deps)({ ...long, events, run: { status: 'WAITING', revision: 1 } });
    const steps = (await stepsOfRuns(viewer(), { runIds: [long.runId] })).get(long.runId) ?? [];
    expect(steps.map(({ path }) => path)).toEqual([
      ...rounds.slice(0, 998),
      'each[1150]/do',
      'each[1199]/do',
    ]);
    const runIds = [long.runId, firstRun(), randomUUID()];
    expect([...(await countSteps(viewer(), { runIds })).values()]).toEqual([1_200, 7, 0]);
  });
});
