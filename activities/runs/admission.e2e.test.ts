import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { lazyClient } from '../../temporal/client.ts';
import { dataConverter } from '../../temporal/data-converter.ts';
import { testTemporalAddress } from '../../temporal/testing.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { makeNamespace } from '../../workers/testing/namespace.ts';
import { until } from '../../workers/testing/until.ts';
import type { Flow, Step } from '../../workflows/definitions/model.ts';
import type { RunId } from '../../workflows/ids.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import { createDispatcher, sendToTemporal, type OutboxDispatcher } from '../outbox/index.ts';
import { getRun } from './get-run.ts';
import { cancelRun } from './cancel-run.ts';
import { runActivities } from './run-activities.ts';
import { startRun } from './start-run.ts';
import { openRunHouse, type RunHouse } from './testing.ts';

let house: RunHouse;
let client: Client;
let dispatcher: OutboxDispatcher;
let worker: Worker;
let working: Promise<void>;
let connection: NativeConnection;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
  house = await openRunHouse();
  const address = testTemporalAddress();
  const namespace = await makeNamespace(address);
  const { database, keyring, deps } = house;
  client = lazyClient({ address, namespace, tls: false, apiKey: undefined }, keyring);
  dispatcher = createDispatcher({ database, send: sendToTemporal(client), log: deps.log });
  dispatcher.start();
  connection = await NativeConnection.connect({ address });
  worker = await Worker.create({
    ...{ connection, namespace, taskQueue: RUNS_TASK_QUEUE, dataConverter: dataConverter(keyring) },
    workflowBundle: await bundleWorkflows(),
    activities: { ...runActivities({ ...deps, dispatcher }) },
  });
  working = worker.run();
}, 120_000);
afterAll(async () => {
  worker?.shutdown();
  await working;
  await dispatcher?.stop();
  await connection?.close();
  await client?.connection.close();
  await house?.close();
});

const step = (value: unknown) => value as Step;
const viewOf = (runId: RunId) => getRun(house.tenant.as('viewer'), { runId });
const isOver = async (runId: RunId) => (await viewOf(runId)).finishedAt !== null;
const ended = (runId: RunId) => until(`the end of ${runId}`, () => isOver(runId), 60_000);
const going = (runId: RunId) =>
  until(`the wait of ${runId}`, async () => (await viewOf(runId)).status === 'WAITING', 60_000);
async function start(workflowId: string, count = 1): Promise<RunId[]> {
  const ctx = { ...house.tenant.as('owner'), dispatcher };
  const started: RunId[] = [];
  for (let i = 0; i < count; i++) started.push((await startRun(ctx, { workflowId, input: {} })).id);
  return started;
}
const publish = (concurrency: NonNullable<Flow['limits']>['concurrency'], steps: Step[]) =>
  house.publish({ limits: { concurrency }, steps });
const rowsOf = (workflowId: string) =>
  house.database.withTenant(house.tenant.tenantId, (db) => db.run.findMany({ where: { workflowId } }));

describe('a limit on runs at once, on a real worker', () => {
  it('lets ten runs through two at a time, all of them to their end', async () => {
    const rest = step({ id: 'rest', kind: 'wait', with: { seconds: 0.2 } });
    const { id } = await publish({ limit: 2 }, [rest]);
    const started = await start(id, 10);
    for (const runId of started) await ended(runId);
    const rows = await rowsOf(id);
    expect(rows.map(({ status }) => status)).toEqual(rows.map(() => 'SUCCEEDED'));
    for (const { admittedAt } of rows) {
      const holding = rows.filter(
        (other) => other.admittedAt! <= admittedAt! && other.finishedAt! > admittedAt!,
      );
      expect(holding.length).toBeLessThanOrEqual(2);
    }
  }, 120_000);

  const forEver = [step({ id: 'never', kind: 'wait', with: { event: 'never' } })];

  it('turns away, makes room, and passes on the place of a run that is cancelled', async () => {
    const skip = await publish({ limit: 1, whenFull: 'skip' }, forEver);
    const [kept] = (await start(skip.id)) as [RunId];
    await going(kept);
    const [turnedAway] = (await start(skip.id)) as [RunId];
    await ended(turnedAway);
    expect(await viewOf(turnedAway)).toMatchObject({
      status: 'CANCELLED',
      error: { code: 'CONCURRENCY_FULL' },
    });

    const newest = await publish({ limit: 1, whenFull: 'cancelOldest' }, forEver);
    const [old] = (await start(newest.id)) as [RunId];
    await going(old);
    const [young] = (await start(newest.id)) as [RunId];
    await ended(old);
    await going(young);
    expect((await viewOf(old)).status).toBe('CANCELLED');

    const queue = await publish({ limit: 1 }, forEver);
    const [first, second, third] = (await start(queue.id, 3)) as [RunId, RunId, RunId];
    const ctx = { ...house.tenant.as('operator'), dispatcher };
    await until('one that goes on', async () =>
      (await rowsOf(queue.id)).some(({ status }) => status === 'WAITING'),
    );
    for (const runId of [first, second, third]) await cancelRun(ctx, { runId });
    for (const runId of [first, second, third]) await ended(runId);
    const [last] = (await start(queue.id)) as [RunId];
    await going(last);
  }, 120_000);
});
