import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidOfGlobalId } from '../workflows/ids.ts';
import { pendingApprovals, publish, startRun } from './testing/flows.ts';
import { openPlatform, type TestPlatform } from './testing/platform.ts';
import { until } from './testing/until.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openPlatform({ workerDoor: true });
}, 60_000);
afterAll(() => platform?.stop());

const gate = { id: 'gate', kind: 'approval', with: { title: 'Go on?' } };
const value = { id: 'value', kind: 'transform', with: { value: 7 } };
const broken = { id: 'broken', kind: 'fail', with: { code: 'NO_STOCK', message: 'Nothing left' } };
const isOver = ({ status }: { status: string }) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status);

/** Makes runs old enough to be looked at. `reopen` forgets their ends, as a restored backup would. */
async function age(ids: string[], { reopen = false } = {}): Promise<void> {
  const uuids = ids.map((id) => uuidOfGlobalId('run', id));
  const end = reopen ? `, status = 'RUNNING', finished_at = NULL, output = NULL, error = NULL` : '';
  await platform.sql(
    `UPDATE run SET created_at = now() - interval '1 minute'${end} WHERE id = ANY($1::uuid[])`,
    [uuids],
  );
}

describe('a worker', () => {
  it('shows what became of runs outside of it within one pass, and leaves the others alone', async () => {
    const operator = platform.ask('operator');
    const owner = platform.ask('owner');
    const waiting = await publish(owner, 'Waiting', { steps: [gate] });
    const quick = await publish(owner, 'Quick', { steps: [value], output: '{{ steps.value.output }}' });
    const failing = await publish(owner, 'Failing', { steps: [broken] });
    const [ended, healthy] = [await startRun(operator, waiting), await startRun(operator, waiting)];
    const [done, failed] = [await startRun(operator, quick), await startRun(operator, failing)];
    for (const id of [ended, healthy])
      await until('a request', async () => (await pendingApprovals(operator, id)).length === 1);
    for (const id of [done, failed]) await platform.waitForRun(id, isOver);

    await platform.temporal.workflow.getHandle(platform.workflowIdOf(ended)).terminate('by hand');
    await age([ended, healthy]);
    await age([done, failed], { reopen: true });

    expect(await platform.waitForRun(ended, isOver)).toMatchObject({
      status: 'FAILED',
      error: { code: 'RUN_TERMINATED' },
      steps: [{ path: 'gate', status: 'CANCELLED' }],
    });
    expect(await pendingApprovals(operator, ended)).toEqual([]);
    expect(await platform.waitForRun(done, isOver)).toMatchObject({ status: 'SUCCEEDED', output: 7 });
    expect(await platform.waitForRun(failed, isOver)).toMatchObject({
      status: 'FAILED',
      error: { code: 'NO_STOCK', message: 'Nothing left', path: 'broken' },
    });
    expect(await pendingApprovals(operator, healthy)).toHaveLength(1);
    expect(await platform.waitForRun(healthy, () => true)).toMatchObject({ status: 'WAITING' });
    const repairs = platform.worker.lines.filter((line) => line.includes('was put right'));
    expect(repairs).toHaveLength(3);

    const ready = platform.worker.lines.findLast((line) => line.includes('the worker is ready')) ?? '{}';
    const { door } = JSON.parse(ready) as { door: string };
    expect(await (await fetch(`${door}/healthz`)).json()).toEqual({ status: 'ok' });
    const page = await (await fetch(`${door}/metrics`)).text();
    expect(page).toContain('levqor_reconciler_repairs_total{what="run",status="FAILED"} 2');
    expect(page).toContain('levqor_reconciler_repairs_total{what="run",status="SUCCEEDED"} 1');
    expect(page).toMatch(/^levqor_worker_in_hand\{what="cached_workflows"\} [1-9]/m);
    expect(page).toContain('process_cpu_seconds_total');
    expect((await fetch(`${door}/else`)).status).toBe(404);
  }, 90_000);
});
