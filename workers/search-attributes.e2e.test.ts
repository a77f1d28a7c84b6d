import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { suggestingEnvironment } from '../temporal/testing.ts';
import { globalId, temporalHelperId, uuidOfGlobalId } from '../workflows/ids.ts';
import {
  approvalClassAttribute,
  statusAttribute,
  tenantAttribute,
  versionAttribute,
  workflowAttribute,
} from '../workflows/search-attributes.ts';
import { approve, pendingApprovals, publish, sendEvent, startRun } from './testing/flows.ts';
import { addSearchAttributes } from './testing/namespace.ts';
import { openPlatform, type TestPlatform } from './testing/platform.ts';
import { startHttpReceiver, type HttpReceiver } from './testing/receivers.ts';
import { until } from './testing/until.ts';

/** The server suggests a new history after this many events. */
const EVENTS = 60;

let environment: TestWorkflowEnvironment;
let shop: HttpReceiver;
let platform: TestPlatform;
beforeAll(async () => {
  environment = await suggestingEnvironment(EVENTS);
  await addSearchAttributes(environment.connection, 'default');
  shop = await startHttpReceiver();
  platform = await openPlatform({ allow: [shop.port], temporalAddress: environment.address });
}, 120_000);
afterAll(async () => {
  await platform?.stop();
  await shop?.stop();
  await environment?.teardown();
}, 60_000);

const describeRun = (id: string) =>
  platform.temporal.workflow.getHandle(platform.workflowIdOf(id)).describe();
const shown = ({ typedSearchAttributes: of }: WorkflowExecutionDescription) => ({
  status: of.get(statusAttribute),
  class: of.get(approvalClassAttribute),
  workflow: of.get(workflowAttribute),
  version: of.get(versionAttribute),
  tenant: of.get(tenantAttribute),
});
const waits = (id: string) => platform.waitForRun(id, ({ status }) => status === 'WAITING');
const ended = (id: string) => platform.waitForRun(id, ({ status }) => status === 'SUCCEEDED');

async function upserts(id: string): Promise<number> {
  const { events } = await platform.temporal.workflow.getHandle(platform.workflowIdOf(id)).fetchHistory();
  return (events ?? []).filter((one) => one.upsertWorkflowSearchAttributesEventAttributes).length;
}

describe('a run', () => {
  it('that never waits costs no event for what it shows', async () => {
    const steps = [
      { id: 'a', kind: 'http', with: { method: 'GET', url: shop.url } },
      { id: 'b', kind: 'transform', with: { value: 1 } },
    ];
    const id = await startRun(
      platform.ask('operator'),
      await publish(platform.ask('owner'), 'Plain', { steps }),
    );
    await ended(id);
    expect(shown(await describeRun(id)).status).toBe('RUNNING');
    expect(await upserts(id)).toBe(0);
  }, 60_000);

  it('shows what it does and whom it asks, in each history, and so does the run that it calls', async () => {
    const [owner, operator] = [platform.ask('owner'), platform.ask('operator')];
    const calls = [{ id: 'call', kind: 'http', with: { method: 'GET', url: shop.url } }];
    const inner = await publish(owner, 'Inner', {
      steps: [
        { id: 'calls', kind: 'forEach', items: '{{ [1..40] }}', as: 'n', concurrency: 4, steps: calls },
        { id: 'gate', kind: 'approval', with: { title: 'Go on?', class: 'C' } },
      ],
    });
    const outer = await publish(owner, 'Outer', {
      steps: [
        { id: 'word', kind: 'wait', with: { event: 'go' } },
        { id: 'inner', kind: 'callWorkflow', with: { workflow: 'Inner' } },
      ],
    });
    const id = await startRun(operator, outer);
    await waits(id);
    const of = (workflow: string) => ({
      workflow: uuidOfGlobalId('workflow', workflow),
      version: 1,
      tenant: platform.tenantId,
    });
    await until('the wait in Temporal', async () => shown(await describeRun(id)).status === 'WAITING');
    expect(shown(await describeRun(id))).toEqual({ status: 'WAITING', class: undefined, ...of(outer) });
    await sendEvent(operator, id, 'go');
    const child = await until('the called run', async () => {
      const [row] = await platform.sql<{ id: string }>('SELECT id FROM run WHERE parent_run_id IS NOT NULL');
      return row && globalId('run', row.id);
    });
    await waits(child);
    const told = await describeRun(child);
    expect(shown(told)).toEqual({ status: 'WAITING', class: 'C', ...of(inner) });
    expect(shown(await describeRun(id)).status).toBe('RUNNING');
    const { count } = await platform.temporal.workflow.count(
      `WorkflowId = '${platform.workflowIdOf(child)}'`,
    );
    expect(count).toBeGreaterThan(1);
    // The called run, in its newest history, has its turns as the tenant has them.
    expect(told.priority).toMatchObject({ fairnessKey: platform.tenantId });
    for (const role of ['finance', 'security'] as const) {
      const [request] = await pendingApprovals(platform.ask(role), child);
      if (request) await approve(platform.ask(role), request);
    }
    await ended(id);
  }, 120_000);

  it('of a schedule, and a delivery to an endpoint, have the turns of their tenant too', async () => {
    const [owner, operator] = [platform.ask('owner'), platform.ask('operator')];
    const input = { url: `${shop.url}/hook`, description: 'Ops', eventTypes: ['run.succeeded'] };
    await owner('mutation ($input: CreateEndpointInput!) { createEndpoint(input: $input) { secret } }', {
      input,
    });
    const steps = [{ id: 'a', kind: 'transform', with: { value: 1 } }];
    const workflowId = await publish(owner, 'Daily', { steps });
    const { createSchedule } = await operator<{ createSchedule: { id: string } }>(
      'mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { id } }',
      { input: { workflowId, name: 'Daily', crons: ['0 6 * * *'] } },
    );
    const scheduleId = createSchedule.id;
    await operator('mutation ($id: ID!) { triggerSchedule(input: { scheduleId: $id }) { id } }', {
      id: scheduleId,
    });
    const run = await until('the run of the schedule', async () => {
      const [row] = await platform.sql<{ id: string }>('SELECT id FROM run WHERE schedule_id IS NOT NULL');
      return row && globalId('run', row.id);
    });
    await ended(run);
    const told = await describeRun(run);
    expect(told.priority).toMatchObject({ fairnessKey: platform.tenantId });
    expect(shown(told)).toMatchObject({ workflow: uuidOfGlobalId('workflow', workflowId), version: 1 });
    const [delivery] = await platform.sql<{ id: string }>('SELECT id FROM endpoint_delivery');
    const handle = platform.temporal.workflow.getHandle(
      temporalHelperId('delivery', platform.tenantId, delivery?.id ?? ''),
    );
    const sent = await until('the delivery', () => handle.describe().catch(() => null));
    expect(sent.priority).toMatchObject({ fairnessKey: platform.tenantId });
  }, 60_000);
});
