import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingEnvironment } from './testing.ts';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
});
afterAll(() => environment.teardown());

describe('the time-skipping server', () => {
  it('lets hours pass at once', async () => {
    const before = await environment.currentTimeMs();
    const startedAt = Date.now();
    await environment.sleep('3 hours');
    expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(3 * 3_600_000);
    expect(Date.now() - startedAt).toBeLessThan(60_000);
  });
});
