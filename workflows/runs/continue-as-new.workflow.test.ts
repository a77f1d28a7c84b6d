import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { until } from '../../workers/testing/until.ts';
import { suggestingEnvironment } from '../../temporal/testing.ts';
import type { ApprovalRequest } from '../approvals/model.ts';
import type { Step } from '../definitions/model.ts';
import { temporalWorkflowId, type RunId } from '../ids.ts';
import { FakeWorld, TrialBench } from './testing.ts';

/** The server suggests a new history after this many events, so that a short run goes through many. */
const EVENTS = 60;

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(() => suggestingEnvironment(EVENTS));
}, 120_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const http = (id: string) =>
  step({ id, kind: 'http', with: { url: 'https://example.org/', body: '{{ index }}' } });
const transform = (id: string, value: unknown) => step({ id, kind: 'transform', with: { value } });

/** How many histories a run went through. */
async function historiesOf(world: FakeWorld): Promise<number> {
  const [runId] = world.runs.keys();
  if (runId === undefined) throw new Error('no run');
  const query = `WorkflowId = "${temporalWorkflowId(world.tenantId, runId)}"`;
  const { count } = await bench.environment.client.workflow.count(query);
  return count;
}

describe('a run that outgrows its history', () => {
  it('goes on in new ones, in nested scopes, with an approval waiting and early events kept', async () => {
    const world = new FakeWorld();
    const requests: ApprovalRequest[] = [];
    world.onApproval = (request) => void requests.push(request);
    const many = (id: string) =>
      step({
        id,
        kind: 'forEach',
        items: '{{ [1..40] }}',
        as: 'n',
        concurrency: 4,
        steps: [http(`${id}Call`), transform(`${id}Out`, `{{ n * 10 }}`)],
      });
    const steps = [
      step({
        id: 'safe',
        kind: 'try',
        steps: [
          step({
            id: 'both',
            kind: 'parallel',
            branches: [
              {
                id: 'work',
                steps: [
                  many('first'),
                  many('second'),
                  transform('sum', '{{ $sum(steps.first.output) + $sum(steps.second.output) }}'),
                ],
              },
              {
                id: 'people',
                steps: [
                  step({ id: 'gate', kind: 'approval', with: { title: 'Go on?', class: 'B' } }),
                  step({ id: 'word', kind: 'wait', with: { event: 'word' } }),
                ],
              },
            ],
          }),
        ],
        finally: [transform('end', 'done')],
      }),
    ];
    const end = await bench.run(world, { steps }, async (handle) => {
      await handle.signal('event', { id: 'early', name: 'word', payload: { said: true } });
      while (world.effects.length < 80) await new Promise((resolve) => setTimeout(resolve, 20));
      const [request] = requests;
      if (!request) throw new Error('nobody was asked');
      world.decide(request, { role: 'finance' });
      await bench.environment.client.workflow
        .getHandle(handle.workflowId)
        .signal('approvalDecided', { id: 'd', approvalId: request.approvalId });
    });
    expect(end.error).toBeNull();
    expect(end.output && world.read(end.output)).toEqual({ work: 16_400, people: { said: true } });
    expect(world.effects).toHaveLength(80);
    expect(new Set(world.effects.map((effect) => effect.path)).size).toBe(80);
    expect(new Set(requests.map((request) => request.approvalId)).size).toBe(1);
    const succeeded = world.history().filter((line) => line.endsWith(' SUCCEEDED'));
    expect(new Set(succeeded).size).toBe(80 + 80 + 2 + 1 + 2 + 2 + 1);
    expect(await historiesOf(world)).toBeGreaterThan(3);
  }, 120_000);

  it('waits on for a run that it called, which is started once', async () => {
    const world = new FakeWorld();
    const child = { flow: 'v1' as const, steps: [step({ id: 'go', kind: 'wait', with: { event: 'go' } })] };
    const busy = step({
      id: 'busy',
      kind: 'forEach',
      items: '{{ [1..60] }}',
      as: 'n',
      concurrency: 4,
      steps: [http('call')],
    });
    const sub = step({ id: 'sub', kind: 'callWorkflow', with: { workflow: 'child' } });
    const branches = [
      { id: 'work', steps: [busy, step({ id: 'late', kind: 'wait', with: { seconds: 1 } })] },
      { id: 'called', steps: [sub] },
    ];
    const steps = [step({ id: 'both', kind: 'parallel', branches })];
    const end = await bench.run(world, { steps, children: { child } }, async () => {
      while (world.effects.length < 60) await new Promise((resolve) => setTimeout(resolve, 20));
      const childRunId = [...world.runs.keys()][1] as RunId;
      const id = temporalWorkflowId(world.tenantId, childRunId);
      const handle = bench.environment.client.workflow.getHandle(id);
      await handle.signal('event', { id: 'go', name: 'go', payload: { said: 'yes' } });
    });
    expect(end.error).toBeNull();
    expect(end.output && world.read(end.output)).toEqual({ work: null, called: { said: 'yes' } });
    expect(world.runs.size).toBe(2);
    expect(world.effects).toHaveLength(60);
    expect(world.history().filter((line) => line === 'go STARTED')).toHaveLength(1);
    expect(await historiesOf(world)).toBeGreaterThan(2);
  }, 120_000);

  it('is not taken for longer on a replay than it was, when its database was away', async () => {
    const world = new FakeWorld();
    let back = (): void => undefined;
    const isBack = new Promise<void>((resolve) => (back = resolve));
    const count = step({
      id: 'many',
      kind: 'forEach',
      items: '{{ [1..4] }}',
      as: 'n',
      steps: [http('call')],
    });
    const event = (id: string) => step({ id, kind: 'wait', with: { event: id } });
    const trial = { steps: [count, event('go'), event('end')], taskSeconds: 1 };
    const end = await bench.run(world, trial, async (handle) => {
      await until('the run waits', () => world.statuses.at(-1) === 'WAITING');
      world.onRecord = () => isBack;
      await handle.signal('event', { id: 'm1', name: 'go', payload: 1 });
      // Each workflow task that goes by while nothing happens makes the history longer.
      await until('a history above the limit', async () => {
        const { historyLength } = await handle.describe();
        return historyLength > EVENTS + 3;
      });
      back();
      await until('a new history', async () => (await historiesOf(world)) > 1);
      const id = handle.workflowId;
      await bench.environment.client.workflow
        .getHandle(id)
        .signal('event', { id: 'm2', name: 'end', payload: 2 });
    });
    expect(end.error).toBeNull();
    expect(await bench.replayFaults()).toEqual([]);
  }, 60_000);

  it('takes along more unread events than fit into the start of a history', async () => {
    const world = new FakeWorld();
    const count = step({
      id: 'many',
      kind: 'forEach',
      items: '{{ [1..30] }}',
      as: 'n',
      steps: [http('call')],
    });
    const read = step({
      id: 'all',
      kind: 'forEach',
      items: '{{ [1..12] }}',
      as: 'n',
      steps: [
        step({ id: 'one', kind: 'wait', with: { event: 'large' } }),
        transform('seen', '{{ $length(steps.one.output.text) + steps.one.output.n }}'),
      ],
    });
    const end = await bench.run(world, { steps: [count, read] }, async (handle) => {
      for (let n = 1; n <= 12; n++)
        await handle.signal('event', {
          id: `m${n}`,
          name: 'large',
          payload: { n, text: 'x'.repeat(250_000) },
        });
    });
    expect(end.error).toBeNull();
    expect(end.output && world.read(end.output)).toEqual(Array.from({ length: 12 }, (_, i) => 250_001 + i));
  }, 60_000);

  it('takes along a cancellation that comes as it is about to go on', async () => {
    const world = new FakeWorld();
    const count = step({
      id: 'many',
      kind: 'forEach',
      items: '{{ [1..30] }}',
      as: 'n',
      steps: [http('call')],
    });
    const wait = step({ id: 'wait', kind: 'wait', with: { event: 'never' } });
    let handle: WorkflowHandle | null = null;
    const { storeValue } = world.activities;
    world.activities.storeValue = async (input) => {
      await handle?.cancel();
      await until('the cancellation in the history', async () => {
        const { events } = await handle!.fetchHistory();
        return events?.some((one) => one.workflowExecutionCancelRequestedEventAttributes);
      });
      return storeValue(input);
    };
    const end = await bench.run(world, { steps: [count, wait], taskSeconds: 1 }, async (started) => {
      handle = started;
      const payload = 'x'.repeat(200_000);
      for (const id of ['a', 'b']) await started.signal('event', { id, name: 'other', payload });
    });
    expect(end.status).toBe('CANCELLED');
    expect(await historiesOf(world)).toBe(2);
    expect(await bench.replayFaults()).toEqual([]);
  }, 60_000);
});
