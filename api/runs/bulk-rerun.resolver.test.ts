import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEgress } from '../../activities/egress/index.ts';
import { createLogger } from '../../activities/log.ts';
import { bulkRerunActivities, runActivities, startRun } from '../../activities/runs/index.ts';
import { fromGlobalId, toGlobalId } from '../global-id.ts';
import { openTestApi, type TestApi } from '../testing/api.ts';
import { step } from '../testing/sockets.ts';
import { makeWorld, type World } from '../testing/world.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
});
afterAll(() => api.close());

const log = createLogger({ level: 'silent', pretty: false });
const dispatcher = { dispatch: () => undefined };

async function ask(query: string, variables: object = {}) {
  const { data, errors } = await api.graphql({ query, variables }, world.keys.operator);
  expect(errors).toEqual([]);
  return data as Record<string, Record<string, unknown>>;
}

/** A run of the world's workflow that failed at its only step. */
async function failedRun(message: string): Promise<string> {
  const { database, keyring } = api.house;
  const worker = runActivities({ database, keyring, egress: createEgress({ allow: '' }), log, dispatcher });
  const workflowId = fromGlobalId('Workflow', world.ids.workflow, 'id');
  const { id: runId } = await startRun(world.tenant.as('owner'), { workflowId });
  const key = { tenantId: world.tenant.tenantId, runId };
  const error = { code: 'FAILED', message, stepId: 'hello', path: 'hello', details: null };
  const end = { status: 'FAILED', output: null, error, response: null } as const;
  await worker.openRun(key);
  await worker.closeRun({ ...key, ...end, events: [step(0, 'FAILED', 'hello')] });
  return toGlobalId('Run', runId);
}

const FAILURES = `query ($filter: RunFailureFilter) { failures(filter: $filter) { edges { node {
  fingerprint workflow { id name } stepId code message count open newestRunId firstAt lastAt } } } }`;
const RUNS = `query ($fingerprint: String) { runs(filter: { failureFingerprint: $fingerprint }) {
  edges { node { id failureFingerprint } } } }`;
const PREVIEW = `query ($input: PreviewBulkRerunInput!) { previewBulkRerun(input: $input) {
  count alreadyRerun left refused { runId reason } repeats { stepId times }
  versions { workflow { id } from to runs differences { path } } samples { runId preview { startsAt } } } }`;
const RERUN = `mutation ($input: RerunRunsInput!) { rerunRuns(input: $input) { id status pending } }`;
const CANCEL = `mutation ($input: CancelBulkRerunInput!) { cancelBulkRerun(input: $input) { status pending started
  refused finishedAt items(first: 10) { edges { node { runId status reason } } } } }`;
const BULK = `query ($id: ID!) { bulkRerun(id: $id) { status pending started refused failureFingerprint fromStep version
  createdBy { kind email } finishedAt items(first: 10) { edges { node { runId status newRunId reason } } } } }`;

describe('runs that failed for one reason', () => {
  it('are found together, shown, run again and followed', async () => {
    const ids = [await failedRun('Order 1 is closed'), await failedRun('Order 22 is closed')];
    const { failures } = await ask(FAILURES, { filter: { workflowId: world.ids.workflow } });
    const [{ node }] = failures?.['edges'] as [{ node: Record<string, string> }];
    expect(node).toMatchObject({
      ...{ stepId: 'hello', code: 'FAILED', message: 'Order 22 is closed', count: 2, open: 2 },
      ...{ newestRunId: ids[1], workflow: { id: world.ids.workflow } },
    });
    const failureFingerprint = node['fingerprint'];
    const { runs } = await ask(RUNS, { fingerprint: failureFingerprint });
    expect(runs).toMatchObject({
      edges: [{ node: { id: ids[1], failureFingerprint } }, { node: { id: ids[0] } }],
    });

    const { previewBulkRerun } = await ask(PREVIEW, { input: { failureFingerprint } });
    expect(previewBulkRerun).toEqual({
      ...{ count: 2, alreadyRerun: 0, left: 0, refused: [], repeats: [] },
      versions: [{ workflow: { id: world.ids.workflow }, from: 1, to: 1, runs: 2, differences: [] }],
      samples: ids.map((runId) => ({ runId, preview: { startsAt: 'hello' } })),
    });

    const input = { failureFingerprint, idempotencyKey: 'mended' };
    const { rerunRuns } = await ask(RERUN, { input });
    expect(rerunRuns).toMatchObject({ status: 'RUNNING', pending: 2 });
    expect((await ask(RERUN, { input }))['rerunRuns']).toEqual(rerunRuns);
    const id = String(rerunRuns?.['id']);
    const { database } = api.house;
    const worker = bulkRerunActivities({ database, log, dispatcher, launchStage: 'pre-launch' }, () => ({
      heartbeat: () => undefined,
      cancelled: new AbortController().signal,
    }));
    const bulkRerunId = fromGlobalId('BulkRerun', id, 'id');
    await worker.rerunBatch({ tenantId: world.tenant.tenantId, bulkRerunId });
    const { bulkRerun } = await ask(BULK, { id });
    expect(bulkRerun).toMatchObject({
      ...{
        status: 'FINISHED',
        pending: 0,
        started: 2,
        refused: 0,
        failureFingerprint,
        fromStep: null,
        version: null,
      },
      createdBy: { kind: 'person', email: world.tenant.people.operator.email },
    });
    const { edges } = bulkRerun?.['items'] as { edges: { node: { runId: string; newRunId: string } }[] };
    expect(edges.map((edge) => edge.node.runId).sort()).toEqual([...ids].sort());
    expect(edges.every((edge) => edge.node.newRunId.startsWith('run_'))).toBe(true);
  });

  it('are left alone once their bulk re-run is cancelled', async () => {
    const runId = await failedRun('Order 333 is closed');
    const { rerunRuns } = await ask(RERUN, { input: { runIds: [runId] } });
    const input = { bulkRerunId: rerunRuns?.['id'], reason: 'Not yet' };
    const { cancelBulkRerun } = await ask(CANCEL, { input });
    expect(cancelBulkRerun).toMatchObject({
      ...{ status: 'CANCELLED', pending: 0, started: 0, refused: 1, finishedAt: expect.any(String) },
      items: { edges: [{ node: { runId, status: 'REFUSED', reason: 'bulk_rerun_cancelled' } }] },
    });
  });

  it('names the argument that is missing or wrong', async () => {
    const detailsOf = async (input: object) => {
      const { errors } = await api.graphql({ query: PREVIEW, variables: { input } }, world.keys.operator);
      return errors[0]?.extensions;
    };
    expect(await detailsOf({})).toMatchObject({ code: 'INVALID', details: { field: 'failureFingerprint' } });
    expect(await detailsOf({ runIds: ['nonsense'] })).toMatchObject({
      code: 'INVALID',
      details: { field: 'runIds' },
    });
  });
});
