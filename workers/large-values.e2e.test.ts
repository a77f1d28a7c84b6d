import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { connect, publish, startRun } from './testing/flows.ts';
import { openPlatform, type TestPlatform } from './testing/platform.ts';
import { startHttpReceiver, type HttpReceiver } from './testing/receivers.ts';

/** No event of a history may hold more than this many bytes; Temporal warns above it. */
const MOST = 256 * 1024;
/** What the shop answers: above the limit, as plain as data gets. */
const LARGE = JSON.stringify(Array.from({ length: 40_000 }, (_, i) => `line ${i}`));

let platform: TestPlatform;
let shop: HttpReceiver;
beforeAll(async () => {
  shop = await startHttpReceiver(() => ({ body: LARGE }));
  platform = await openPlatform({ allow: [shop.port] });
  await connect(platform.ask('owner'), { name: 'shop', kind: 'HTTP', settings: { baseUrl: shop.url } });
}, 60_000);
afterAll(async () => {
  await platform?.stop();
  await shop?.stop();
}, 30_000);

/** The size in bytes of each event of a run's history, as the server keeps it. */
async function eventSizes(runId: string): Promise<number[]> {
  const { history } = await platform.temporal.workflowService.getWorkflowExecutionHistory({
    namespace: platform.temporal.options.namespace,
    execution: { workflowId: platform.workflowIdOf(runId) },
  });
  const { HistoryEvent } = temporal.api.history.v1;
  return (history?.events ?? []).map((event) => HistoryEvent.encode(event).finish().length);
}

describe('a run with values of 400 KB', () => {
  it('holds none of them in its history, whatever is made of them', async () => {
    const steps = [
      { id: 'all', kind: 'http', with: { connection: 'shop', method: 'GET', path: '/lines' } },
      { id: 'copy', kind: 'transform', with: { value: '{{ steps.all.output.body }}' } },
      {
        id: 'both',
        kind: 'parallel',
        branches: ['left', 'right'].map((id) => ({
          id,
          steps: [
            { id: `${id}Copy`, kind: 'transform', with: { value: { list: '{{ steps.copy.output }}' } } },
          ],
        })),
      },
      {
        id: 'post',
        kind: 'http',
        with: { connection: 'shop', method: 'POST', path: '/', body: '{{ steps.copy.output }}' },
      },
      { id: 'count', kind: 'transform', with: { value: '{{ $count(steps.both.output.left.list) }}' } },
    ];
    const owner = platform.ask('owner');
    const runId = await startRun(owner, await publish(owner, 'Large', { steps }));
    const run = await platform.waitForRun(runId, ({ status }) => status !== 'QUEUED' && status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: 40_000 });
    expect(shop.requests.at(-1)?.body).toBe(LARGE);
    const sizes = await eventSizes(runId);
    expect(sizes.length).toBeGreaterThan(10);
    expect(sizes.filter((size) => size > MOST)).toEqual([]);
  }, 60_000);
});
