import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';
import { until } from '../../workers/testing/until.ts';
import { uuidOfGlobalId } from '../../workflows/ids.ts';
import type { QueuedMessage } from '../context.ts';
import { sendToTemporal } from '../outbox/index.ts';
import { temporalScheduleId } from './index.ts';

// Temporal's own scheduler may take ten seconds and more on a busy machine: a task for a worker of its that is away is given
// to another one only then.
jest.setTimeout(120_000);

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openPlatform();
}, 90_000);
afterAll(() => platform.stop());

const ONE = [{ id: 'only', kind: 'transform', with: { value: '{{ input.name }}' } }];
const LONG = [{ id: 'hold', kind: 'wait', with: { seconds: 3_600 } }];
const HOUR = [{ everySeconds: 3_600 }];

interface View {
  id: string;
  nextTimes: string[] | null;
  recentRuns: { id: string; status: string; version: number; scheduledFor: string }[];
  recentRefusals: { scheduledFor: string; reason: string; message: string }[];
}
const VIEW = `id nextTimes recentRuns { id status version scheduledFor } recentRefusals { scheduledFor reason message }`;

const owner = <T>(document: string, variables: object) =>
  platform.ask('owner')<T>(document, { ...variables });

async function newWorkflow(definition: object): Promise<{ id: string; hash: string }> {
  const { createWorkflow } = await owner<{ createWorkflow: { id: string; draft: { hash: string } } }>(
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id draft { hash } } }',
    { input: { name: `Flow ${randomUUID()}`, definition: { flow: 'v1', ...definition } } },
  );
  await publish(createWorkflow.id);
  return { id: createWorkflow.id, hash: createWorkflow.draft.hash };
}

const publish = (workflowId: string) =>
  owner('mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { id } }', {
    input: { workflowId },
  });

async function republish({ id, hash }: { id: string; hash: string }, definition: object): Promise<void> {
  await owner('mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { id } }', {
    input: { workflowId: id, definition: { flow: 'v1', ...definition }, basedOnHash: hash },
  });
  await publish(id);
}

async function newSchedule(workflowId: string, more: object = {}): Promise<string> {
  const input = { workflowId, name: 'Test', intervals: HOUR, input: { name: 'Ada' }, ...more };
  const { createSchedule } = await owner<{ createSchedule: { id: string } }>(
    'mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { id } }',
    { input },
  );
  return createSchedule.id;
}

const act = (name: 'trigger' | 'delete' | 'backfill' | 'pause', scheduleId: string, more: object = {}) => {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}ScheduleInput`;
  return owner(
    `mutation ($input: ${name === 'delete' ? 'ScheduleInput' : type}!) { ${name}Schedule(input: $input) { id } }`,
    { input: { scheduleId, ...more } },
  );
};

const look = async (id: string): Promise<View> =>
  (await owner<{ schedule: View }>(`query ($id: ID!) { schedule(id: $id) { ${VIEW} } }`, { id })).schedule;

const seen = (id: string, what: string, done: (view: View) => boolean) => {
  let last: unknown = null;
  return until(
    what,
    async () => {
      const view = await look(id);
      last = view;
      return done(view) ? view : null;
    },
    45_000,
  ).catch(async (e: unknown) => {
    const inTemporal = await describeIn(id).then(({ info }) => info, String);
    throw new Error(`${String(e)} ${JSON.stringify({ last, inTemporal })}`);
  });
};
const statuses = (view: View) => view.recentRuns.map((run) => run.status);

const keyOf = (id: string) => ({
  tenantId: platform.tenantId,
  scheduleId: uuidOfGlobalId('schedule', id) ?? '',
});
const describeIn = (id: string) =>
  platform.temporal.schedule.getHandle(temporalScheduleId(keyOf(id))).describe();

const textOf = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('latin1');

describe('a schedule that is triggered', () => {
  it('starts one run, in the name of who made it, and lasts as long as the run', async () => {
    const workflow = await newWorkflow({ steps: ONE, output: '{{ steps.only.output }}' });
    const id = await newSchedule(workflow.id);
    await act('trigger', id);
    const view = await seen(id, 'a finished run', (now) => statuses(now)[0] === 'SUCCEEDED');
    expect(view.recentRuns).toHaveLength(1);
    expect(view.nextTimes).toHaveLength(10);
    const [row] = await platform.sql<Record<string, unknown>>(
      'SELECT trigger, started_by, requester_id, schedule_id, scheduled_for FROM run WHERE id = $1',
      [uuidOfGlobalId('run', view.recentRuns[0]?.id ?? '')],
    );
    const { scheduleId } = keyOf(id);
    expect(row).toMatchObject({
      trigger: 'schedule',
      started_by: { kind: 'schedule', scheduleId, name: 'Test' },
      schedule_id: scheduleId,
    });
    const [person] = await platform.sql<{ id: string }>('SELECT id FROM person WHERE id = $1', [
      row?.['requester_id'],
    ]);
    expect(person).toBeDefined();
    const run = await platform.waitForRun(view.recentRuns[0]?.id ?? '', (one) => one.status === 'SUCCEEDED');
    expect(run.output).toBe('Ada');
    const { info } = await describeIn(id);
    expect(info.numActionsTaken).toBe(1);
    await until(
      'the end of the schedule workflow',
      async () => (await describeIn(id)).info.runningActions.length === 0,
    );
  });

  it('keeps its arguments sealed in Temporal, and the worker opens them', async () => {
    const workflow = await newWorkflow({ steps: ONE });
    const id = await newSchedule(workflow.id);
    await act('trigger', id);
    await seen(id, 'a run', (now) => now.recentRuns.length === 1);
    const { raw, info, action } = await describeIn(id);
    const started = info.recentActions[0]?.action.workflow.workflowId ?? '';
    expect(started).toMatch(/^schedule\/[0-9a-f-]{36}\/[0-9a-f-]{36}-\d{4}-\d\d-\d\dT/);
    const history = await platform.temporal.workflow.getHandle(started).fetchHistory();
    const payloads = [
      raw.schedule?.action?.startWorkflow?.input?.payloads?.[0],
      history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0],
    ] as Payload[];
    for (const payload of payloads) {
      expect(textOf(payload.metadata?.['encoding'])).toBe('binary/levqor-sealed');
      expect(textOf(payload.data)).not.toContain(keyOf(id).scheduleId);
    }
    expect(action.args).toEqual([keyOf(id)]);
  });

  it('writes down why no run could be started, once, and starts none', async () => {
    const workflow = await newWorkflow({ steps: ONE });
    const id = await newSchedule(workflow.id);
    await republish(workflow, { steps: ONE, input: { type: 'object', required: ['customer'] } });
    await act('trigger', id);
    const view = await seen(id, 'a refusal', (now) => now.recentRefusals.length > 0);
    expect(view.recentRuns).toEqual([]);
    expect(view.recentRefusals).toEqual([
      {
        scheduledFor: expect.any(String),
        reason: 'input_invalid',
        message: expect.stringContaining('customer'),
      },
    ]);
  });
});

describe('a schedule that is due', () => {
  it('starts its run at the time of the interval', async () => {
    const workflow = await newWorkflow({ steps: ONE });
    const id = await newSchedule(workflow.id, { intervals: [{ everySeconds: 10, offsetSeconds: 3 }] });
    const view = await seen(id, 'a run of the interval', (now) => statuses(now)[0] === 'SUCCEEDED');
    const due = Date.parse(view.recentRuns.at(-1)?.scheduledFor ?? '');
    expect(due % 10_000).toBe(3_000);
    await act('delete', id);
    await until('the end of the schedule', () =>
      describeIn(id).then(
        () => false,
        () => true,
      ),
    );
  });
});

describe('a backfill', () => {
  const from = '2026-01-01T00:00:00.000Z';
  const until5 = '2026-01-01T04:00:00.000Z';
  const hours = [0, 1, 2, 3, 4].map((hour) => `2026-01-01T0${hour}:00:00.000Z`);

  it('starts one run for each time, both ends counted, however often the message comes', async () => {
    const workflow = await newWorkflow({ steps: ONE });
    const id = await newSchedule(workflow.id, { paused: true });
    await until('the schedule in Temporal', () =>
      describeIn(id).then(
        () => true,
        () => false,
      ),
    );
    const period = { scheduleId: id, from, until: until5 };
    const { previewBackfill } = await owner<{ previewBackfill: { count: number; times: string[] } }>(
      'query ($input: PreviewBackfillInput!) { previewBackfill(input: $input) { count times } }',
      { input: period },
    );
    expect(previewBackfill).toEqual({ count: 5, times: hours });
    await act('backfill', id, { from, until: until5 });
    await seen(
      id,
      'five finished runs',
      (now) => statuses(now).filter((s) => s === 'SUCCEEDED').length === 5,
    );

    const { scheduleId, tenantId } = keyOf(id);
    const message = {
      kind: 'backfillSchedule',
      scheduleId,
      from,
      until: until5,
      overlap: 'allowAll',
    } as const;
    const queued: QueuedMessage = { tenantId, id: randomUUID(), message };
    const send = sendToTemporal(platform.temporal);
    await send(queued);
    await send(queued);
    // A trigger behind them tells that Temporal has done with them.
    await act('trigger', id);
    const view = await seen(id, 'the run behind them', (now) => now.recentRuns.length > 5);
    await until('the end of all', async () => (await describeIn(id)).info.runningActions.length === 0);
    expect((await look(id)).recentRuns).toHaveLength(6);
    expect(
      view.recentRuns
        .map((run) => run.scheduledFor)
        .sort()
        .slice(0, 5),
    ).toEqual(hours);
  });

  it('of too many times is refused', async () => {
    const workflow = await newWorkflow({ steps: ONE });
    const id = await newSchedule(workflow.id);
    await until('the schedule in Temporal', () =>
      describeIn(id).then(
        () => true,
        () => false,
      ),
    );
    await expect(act('backfill', id, { from: '2025-01-01T00:00:00Z', until: until5 })).rejects.toThrow(
      /1000/,
    );
    await expect(
      act('backfill', id, { from: '2026-01-01T00:01:00Z', until: '2026-01-01T00:59:00Z' }),
    ).rejects.toThrow(/not due/);
  });
});

describe('the overlap policy', () => {
  it.each(['cancelOther', 'terminateOther'])('%s ends the earlier run as cancelled', async (overlap) => {
    const workflow = await newWorkflow({ steps: LONG });
    const id = await newSchedule(workflow.id, { overlap });
    await act('trigger', id);
    const [first] = (await seen(id, 'a waiting run', (now) => statuses(now)[0] === 'WAITING')).recentRuns;
    await act('trigger', id);
    const view = await seen(id, 'the next run', (now) => statuses(now).join() === 'WAITING,CANCELLED');
    expect(view.recentRuns[1]?.id).toBe(first?.id);
  });

  it('skip starts nothing while a run goes on, and sees its end', async () => {
    const workflow = await newWorkflow({ steps: LONG });
    const id = await newSchedule(workflow.id, { overlap: 'skip' });
    await act('trigger', id);
    const [first] = (await seen(id, 'a waiting run', (now) => statuses(now)[0] === 'WAITING')).recentRuns;
    await act('trigger', id);
    await until('the skip', async () => (await describeIn(id)).info.numActionsSkippedOverlap === 1);
    expect((await look(id)).recentRuns).toHaveLength(1);
    await owner('mutation ($input: CancelRunInput!) { cancelRun(input: $input) { id } }', {
      input: { runId: first?.id },
    });
    await until('the end of the run', async () => (await describeIn(id)).info.runningActions.length === 0);
    await act('trigger', id);
    await seen(id, 'the next run', (now) => statuses(now).join() === 'WAITING,CANCELLED');
  });
});

describe('a definition', () => {
  const trigger = (cron: string) => ({ kind: 'schedule', cron, timeZone: 'Europe/London' });
  const list = async (workflowId: string) =>
    (
      await owner<{ schedules: { edges: { node: { id: string; spec: { crons: string[] } } }[] } }>(
        'query ($f: ScheduleFilter) { schedules(filter: $f) { edges { node { id spec { crons } } } } }',
        { f: { workflowId } },
      )
    ).schedules.edges.map(({ node }) => node);

  it('has its schedules made, changed and ended by publishing and archiving', async () => {
    const workflow = await newWorkflow({
      steps: ONE,
      triggers: [trigger('0 6 * * *'), trigger('0 7 * * *')],
    });
    const made = await list(workflow.id);
    expect(made.map((one) => one.spec.crons[0]).sort()).toEqual(['0 6 * * *', '0 7 * * *']);
    for (const { id } of made)
      await until('it in Temporal', () =>
        describeIn(id).then(
          () => true,
          () => false,
        ),
      );
    await republish(workflow, { steps: ONE, triggers: [trigger('0 7 * * *')] });
    const [kept, ...more] = await list(workflow.id);
    expect([kept?.spec.crons[0], more.length]).toEqual(['0 7 * * *', 0]);
    const gone = made.find((one) => one.id !== kept?.id)?.id ?? '';
    await until('the end of the other', () =>
      describeIn(gone).then(
        () => false,
        () => true,
      ),
    );
    await owner('mutation ($input: ArchiveWorkflowInput!) { archiveWorkflow(input: $input) { id } }', {
      input: { workflowId: workflow.id },
    });
    expect(await list(workflow.id)).toEqual([]);
    await until('the end of all', () =>
      describeIn(kept?.id ?? '').then(
        () => false,
        () => true,
      ),
    );
  });
});
