import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { temporalHelperId, type TenantId } from '../ids.ts';
import type { BulkRerunActivities, BulkRerunKey } from './bulk-rerun-activities.ts';
import type { bulkRerun } from './bulk-rerun.workflow.ts';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  environment = await timeSkippingEnvironment();
});
afterAll(() => environment.teardown());

describe('bulkRerun', () => {
  it('asks for batch after batch until none is left, and again for one that broke', async () => {
    const key: BulkRerunKey = { tenantId: randomUUID() as TenantId, bulkRerunId: randomUUID() };
    const asked: BulkRerunKey[] = [];
    const answers = [{ left: 40 }, new Error('the database is away'), { left: 20 }, { left: 0 }];
    const activities: BulkRerunActivities = {
      rerunBatch: async (input) => {
        asked.push(input);
        const answer = answers.shift();
        if (!answer || answer instanceof Error) throw answer ?? new Error('asked too often');
        return answer;
      },
    };
    const taskQueue = randomUUID();
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      workflowBundle: await bundleWorkflows(),
      ...{ taskQueue, activities },
    });
    const workflowId = temporalHelperId('bulk-rerun', key.tenantId, key.bulkRerunId);
    await worker.runUntil(
      environment.client.workflow.execute<typeof bulkRerun>('bulkRerun', {
        workflowId,
        taskQueue,
        args: [key],
      }),
    );
    expect(asked).toEqual([key, key, key, key]);
    expect(answers).toEqual([]);
  });
});
