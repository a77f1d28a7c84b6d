import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { PersonId, TenantId } from '../ids.ts';
import type { DeliveryStep, EndpointActivities } from './activities.ts';
import type { deliverEvent } from './deliver-event.workflow.ts';
import { retryWait } from './retry-schedule.ts';

let environment: TestWorkflowEnvironment;
let workflowBundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const silent = () => undefined;
  const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
  const workflowsPath = new URL('./deliver-event.workflow.ts', import.meta.url).pathname;
  [environment, workflowBundle] = await Promise.all([
    timeSkippingEnvironment(),
    bundleWorkflowCode({ workflowsPath, logger }),
  ]);
}, 120_000);
afterAll(() => environment?.teardown());

const PEOPLE = [randomUUID(), randomUUID()] as PersonId[];
let told: PersonId[];
beforeEach(() => {
  told = [];
});

/** Runs a delivery whose attempts end like this; gives the hours at which they were made, from the first one. */
async function attemptHours(endOf: (number: number) => 'arrived' | 'off' | number | null): Promise<number[]> {
  const moments: number[] = [];
  const activities: EndpointActivities = {
    sendEndpointMail: ({ personId }) => {
      told.push(personId);
      return personId === PEOPLE[0]
        ? Promise.reject(ApplicationFailure.nonRetryable('The server is away'))
        : Promise.resolve();
    },
    attemptDelivery: async ({ number, random }): Promise<DeliveryStep> => {
      const now = await environment.currentTimeMs();
      moments.push(now);
      expect(moments).toHaveLength(number);
      const end = endOf(number);
      if (end === 'arrived') return { done: true };
      if (end === 'off') return { done: true, tell: PEOPLE };
      const wait = retryWait({ number, retryAfterSeconds: end, random });
      return wait === null ? { done: true } : { done: false, nextAt: now + wait * 1000 };
    },
  };
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    ...{ taskQueue, workflowBundle, activities },
  });
  const key = { tenantId: randomUUID() as TenantId, deliveryId: randomUUID() };
  await worker.runUntil(
    environment.client.workflow.execute<typeof deliverEvent>('deliverEvent', {
      ...{ taskQueue, workflowId: randomUUID(), args: [key] },
    }),
  );
  return moments.map((moment) => (moment - (moments[0] ?? 0)) / 3_600_000);
}

describe('a delivery', () => {
  it('that arrives is made once', async () => {
    expect(await attemptHours(() => 'arrived')).toEqual([0]);
  }, 60_000);

  it('that fails is tried ten times in about three days', async () => {
    const hours = await attemptHours(() => null);
    expect(hours).toHaveLength(10);
    expect(hours[2]).toBeGreaterThan(305 / 3_600);
    expect(hours[9]).toBeGreaterThan(75);
    expect(hours[9]).toBeLessThan(84);
  }, 60_000);

  it('that switches its endpoint off has people told, each by a mail of the own', async () => {
    expect(await attemptHours(() => 'off')).toEqual([0]);
    expect(told.sort()).toEqual([...PEOPLE].sort());
  }, 60_000);

  it('waits as long as the receiver asks for, and ends when it arrives', async () => {
    const hours = await attemptHours((number) => (number === 1 ? 7_200 : 'arrived'));
    expect(hours).toHaveLength(2);
    expect(hours[1]).toBeGreaterThanOrEqual(2);
    expect(hours[1]).toBeLessThan(2.1);
  }, 60_000);
});
