import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import {
  temporalHelperId,
  temporalWorkflowId,
  type ApprovalId,
  type RunId,
  type TenantId,
} from '../../workflows/ids.ts';
import { uuidOf } from '../../workflows/sha256.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import type { OutboxMessage, QueuedMessage } from '../context.ts';
import { MessageRefusedError, RunNotOpenError, sendToTemporal } from './index.ts';

/** `INDEXED_VALUE_TYPE_KEYWORD` and `INDEXED_VALUE_TYPE_INT` of Temporal's API. */
const KEYWORD = 2;
const INT = 3;

let environment: TestWorkflowEnvironment;
let send: (message: QueuedMessage) => Promise<void>;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
  await environment.connection.operatorService.addSearchAttributes({
    searchAttributes: {
      LevqorTenant: KEYWORD,
      LevqorWorkflow: KEYWORD,
      LevqorVersion: INT,
      LevqorStatus: KEYWORD,
    },
  });
  send = sendToTemporal(environment.client);
});
afterAll(() => environment.teardown());

const tenantId = randomUUID() as TenantId;
const newRun = () => randomUUID() as RunId;
const queued = (message: OutboxMessage): QueuedMessage => ({ tenantId, id: randomUUID(), message });
const handleOf = (runId: RunId) => environment.client.workflow.getHandle(temporalWorkflowId(tenantId, runId));
const jsonOf = (payload: { data?: Uint8Array | null } | undefined): unknown =>
  JSON.parse(Buffer.from(payload?.data ?? []).toString('utf8'));

async function startedRun(): Promise<RunId> {
  const runId = newRun();
  await send(queued({ kind: 'startRun', runId }));
  return runId;
}

describe('sendToTemporal', () => {
  it('starts a run once, with ids only', async () => {
    const runId = await startedRun();
    await send(queued({ kind: 'startRun', runId }));
    const { events } = await handleOf(runId).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.workflowType?.name).toBe('runDefinition');
    expect(started?.taskQueue?.name).toBe(RUNS_TASK_QUEUE);
    expect(jsonOf(started?.input?.payloads?.[0])).toEqual({ tenantId, runId });
    expect(jsonOf(started?.searchAttributes?.indexedFields?.['LevqorTenant'])).toEqual(tenantId);
  });

  it('starts a run with what it is found by: tenant, workflow, version and what it does', async () => {
    const runId = newRun();
    const workflowId = randomUUID();
    await send(queued({ kind: 'startRun', runId, workflowId, version: 7 }));
    const { events } = await handleOf(runId).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    const found = Object.entries(started?.searchAttributes?.indexedFields ?? {});
    expect(Object.fromEntries(found.map(([name, payload]) => [name, jsonOf(payload)]))).toEqual({
      LevqorTenant: tenantId,
      LevqorWorkflow: workflowId,
      LevqorVersion: 7,
      LevqorStatus: 'RUNNING',
    });
  });

  it('does not start a run again that is over', async () => {
    const runId = await startedRun();
    await handleOf(runId).terminate();
    await send(queued({ kind: 'startRun', runId }));
    expect((await handleOf(runId).describe()).status.name).toBe('TERMINATED');
  });

  it('signals a run, each with the id of the message', async () => {
    const runId = await startedRun();
    const messages = [
      queued({ kind: 'pauseRun', runId, paused: true }),
      queued({ kind: 'sendEvent', runId, name: 'paid', payload: { amount: 3 } }),
      queued({ kind: 'approvalDecided', runId, approvalId: 'a1' }),
    ];
    for (const message of messages) await send(message);
    const { events } = await handleOf(runId).fetchHistory();
    const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      signal ? [[signal.signalName, jsonOf(signal.input?.payloads?.[0])]] : [],
    );
    const [pause, event, decided] = messages.map((message) => message.id);
    expect(signals).toEqual([
      ['setPaused', { id: pause, paused: true }],
      ['event', { id: event, name: 'paid', payload: { amount: 3 } }],
      ['approvalDecided', { id: decided, approvalId: 'a1' }],
    ]);
  });

  it('has people told of a withdrawal, once', async () => {
    const message = { kind: 'mailWithdrawal', approvalId: randomUUID() as ApprovalId } as const;
    await send(queued(message));
    const occasion = uuidOf(`${message.approvalId} withdrawal 0`);
    const mail = environment.client.workflow.getHandle(temporalHelperId('approval-mail', tenantId, occasion));
    expect(await mail.describe()).toMatchObject({ type: 'mailApproval', status: { name: 'RUNNING' } });
    await mail.terminate();
    await send(queued(message));
    expect((await mail.describe()).status.name).toBe('TERMINATED');
  });

  it('asks a run to cancel', async () => {
    const runId = await startedRun();
    await send(queued({ kind: 'cancelRun', runId }));
    const { events } = await handleOf(runId).fetchHistory();
    expect(events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes)).toBe(true);
  });

  it.each<[string, () => Promise<RunId>]>([
    ['was never started', async () => newRun()],
    [
      'is over',
      async () => {
        const runId = await startedRun();
        await handleOf(runId).terminate();
        return runId;
      },
    ],
  ])('says so when a run %s', async (_, run) => {
    const runId = await run();
    for (const message of [
      { kind: 'sendEvent', runId, name: 'paid', payload: null },
      { kind: 'pauseRun', runId, paused: false },
      { kind: 'approvalDecided', runId, approvalId: 'a1' },
    ] as const)
      await expect(send(queued(message))).rejects.toBeInstanceOf(RunNotOpenError);
  });

  it('tells a message at fault from a server that is away', async () => {
    const runId = await startedRun();
    const unwritable = queued({ kind: 'sendEvent', runId, name: 'n', payload: 10n as never });
    await expect(send(unwritable)).rejects.toBeInstanceOf(MessageRefusedError);
    const connection = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 200 });
    const away = sendToTemporal(new Client({ connection }))(queued({ kind: 'startRun', runId }));
    const error: unknown = await away.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MessageRefusedError);
    expect(error).not.toBeInstanceOf(RunNotOpenError);
    await connection.close();
  });
});
