import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { publish, startRun } from './testing/flows.ts';
import { openPlatform, type TestPlatform } from './testing/platform.ts';
import { startHttpReceiver, type HttpReceiver } from './testing/receivers.ts';
import { until } from './testing/until.ts';

let platform: TestPlatform;
let customer: HttpReceiver;
beforeAll(async () => {
  customer = await startHttpReceiver(() => ({ status: customer.requests.length === 1 ? 503 : 204 }));
  platform = await openPlatform({ allow: [customer.port] });
}, 60_000);
afterAll(async () => {
  await platform?.stop();
  await customer?.stop();
}, 30_000);

interface Created {
  createEndpoint: { endpoint: { id: string }; secret: string };
}
interface Deliveries {
  endpointDeliveries: {
    edges: { node: { status: string; eventType: string; attempts: { httpStatus: number }[] } }[];
  };
}

describe('an endpoint', () => {
  it('is told of a run that failed, again after it could not take it, and once in all', async () => {
    const owner = platform.ask('owner');
    const { createEndpoint } = await owner<Created>(
      `mutation ($url: String!) { createEndpoint(input: {
         url: $url, description: "Tests", eventTypes: ["run.failed"] }) { endpoint { id } secret } }`,
      { url: `${customer.url}/events` },
    );
    const workflow = await publish(owner, 'Breaks', {
      steps: [{ id: 'stop', kind: 'fail', with: { message: 'Out of stock', code: 'NO_STOCK' } }],
    });
    const runId = await startRun(owner, workflow);
    await platform.waitForRun(runId, ({ status }) => status === 'FAILED');
    const delivered = await until('the second attempt', async () => {
      const { endpointDeliveries } = await owner<Deliveries>(
        '{ endpointDeliveries { edges { node { status eventType attempts { httpStatus } } } } }',
      );
      const [{ node } = { node: null }] = endpointDeliveries.edges;
      return node?.status === 'DELIVERED' ? node : null;
    });
    expect(delivered).toMatchObject({
      eventType: 'run.failed',
      attempts: [{ httpStatus: 503 }, { httpStatus: 204 }],
    });
    expect(customer.requests).toHaveLength(2);
    const ids = new Set(customer.requests.map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(1);
    for (const { headers, body } of customer.requests)
      expect(
        new Webhook(createEndpoint.secret).verify(body, headers as Record<string, string>),
      ).toMatchObject({
        type: 'run.failed',
        data: { run: { id: runId, status: 'FAILED', error: { code: 'NO_STOCK', stepId: 'stop' } } },
      });
  }, 60_000);
});
