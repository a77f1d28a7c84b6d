import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporalHelperId, uuidOfGlobalId } from '../workflows/ids.ts';
import { publish, startRun } from './testing/flows.ts';
import { openPlatform, type TestPlatform } from './testing/platform.ts';
import { startHttpReceiver, type HttpReceiver } from './testing/receivers.ts';
import { until } from './testing/until.ts';

let shop: HttpReceiver;
let platform: TestPlatform;
let isOpen = false;
beforeAll(async () => {
  shop = await startHttpReceiver(() => ({ status: isOpen ? 200 : 422, body: '{}' }));
  platform = await openPlatform({ allow: [shop.port] });
}, 90_000);
afterAll(async () => {
  for (const part of [platform, shop]) await part?.stop();
});

const RUNS = 25;
const isOver = ({ status }: { status: string }) => ['SUCCEEDED', 'FAILED'].includes(status);
const BULK = 'query ($id: ID!) { bulkRerun(id: $id) { status pending started refused } }';
interface Bulk {
  bulkRerun: { status: string; pending: number; started: number; refused: number };
}

const RERUN = 'mutation ($input: RerunRunsInput!) { rerunRuns(input: $input) { id } }';

describe('a bulk re-run whose workflow was terminated in Temporal', () => {
  it('goes on within a pass of the reconciler, and starts each run once', async () => {
    const [owner, operator] = [platform.ask('owner'), platform.ask('operator')];
    const steps = [{ id: 'stop', kind: 'fail', with: { code: 'NO_STOCK', message: 'There is none left' } }];
    const workflowId = await publish(owner, 'Out of stock', { steps });
    const runIds = [await startRun(operator, workflowId), await startRun(operator, workflowId)];
    for (const id of runIds) await platform.waitForRun(id, isOver);
    await platform.worker.kill();
    const { rerunRuns } = await operator<{ rerunRuns: { id: string } }>(RERUN, { input: { runIds } });
    const uuid = uuidOfGlobalId('bulk', rerunRuns.id) ?? '';
    const handle = platform.temporal.workflow.getHandle(
      temporalHelperId('bulk-rerun', platform.tenantId, uuid),
    );
    // The API sends its start, and nobody works.
    await until('its start', () =>
      handle.describe().then(
        () => true,
        () => false,
      ),
    );
    await handle.terminate('by hand');
    await platform.sql(`UPDATE bulk_rerun SET created_at = now() - interval '1 minute' WHERE id = $1`, [
      uuid,
    ]);
    await platform.worker.start();
    const bulk = await until(
      'its end',
      async () => {
        const { bulkRerun } = await operator<Bulk>(BULK, { id: rerunRuns.id });
        return bulkRerun.status === 'FINISHED' && bulkRerun;
      },
      90_000,
    );
    expect(bulk).toMatchObject({ pending: 0, started: 2, refused: 0 });
    const again = await platform.sql('SELECT id FROM run WHERE bulk_rerun_id = $1', [uuid]);
    expect(again).toHaveLength(2);
  }, 200_000);
});

describe('runs that failed while the other side was closed', () => {
  it('all go through once it is open, each once, although the worker is killed meanwhile', async () => {
    const [owner, operator] = [platform.ask('owner'), platform.ask('operator')];
    const url = `${shop.url}/orders/{{ run.id }}`;
    const steps = [{ id: 'order', kind: 'http', with: { method: 'GET', url } }];
    const workflowId = await publish(owner, 'Order', { steps });
    const ids: string[] = [];
    for (let i = 0; i < RUNS; i++) ids.push(await startRun(operator, workflowId));
    for (const id of ids) expect(await platform.waitForRun(id, isOver)).toMatchObject({ status: 'FAILED' });

    const { failures } = await operator<{
      failures: { edges: { node: { fingerprint: string; count: number } }[] };
    }>('{ failures { edges { node { fingerprint count } } } }');
    const ofShop = failures.edges.filter(({ node }) => node.count === RUNS);
    expect(ofShop).toHaveLength(1);
    isOpen = true;
    const input = { failureFingerprint: ofShop[0]?.node.fingerprint };
    const { rerunRuns } = await operator<{ rerunRuns: { id: string } }>(RERUN, { input });
    const { id } = rerunRuns;
    await until('the first of them', async () => (await operator<Bulk>(BULK, { id })).bulkRerun.started > 0);
    await platform.worker.kill();
    await platform.worker.start();
    const bulk = await until(
      'the last of them',
      async () => {
        const { bulkRerun } = await operator<Bulk>(BULK, { id });
        return bulkRerun.status === 'FINISHED' && bulkRerun;
      },
      90_000,
    );
    expect(bulk).toEqual({ status: 'FINISHED', pending: 0, started: RUNS, refused: 0 });
    const rows = await platform.sql<{ id: string; status: string }>(
      `SELECT id, status FROM run WHERE rerun_of IS NOT NULL AND workflow_name = 'Order'`,
    );
    expect(rows).toHaveLength(RUNS);
    const succeeded = `SELECT count(*)::int AS count FROM run WHERE rerun_of IS NOT NULL AND status = 'SUCCEEDED'`;
    await until(
      'their ends',
      async () => (await platform.sql<{ count: number }>(succeeded))[0]?.count === RUNS,
      90_000,
    );
  }, 280_000);
});
