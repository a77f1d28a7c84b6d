import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import proto from '@temporalio/proto';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { ApprovalRequest } from '../approvals/model.ts';
import type { Step } from '../definitions/model.ts';
import { temporalWorkflowId } from '../ids.ts';
import type { CloseRunInput } from './activities.ts';
import { FakeWorld, TrialBench } from './testing.ts';

const { History } = proto.temporal.api.history.v1;
/** Temporal ends an execution whose history grows beyond these. */
const MOST_EVENTS = 51_200;
const MOST_BYTES = 50 * 1024 * 1024;
/** The server refuses a message of more bytes: what a new history begins with among them. */
const MOST_CARRIED_BYTES = 2 * 1024 * 1024;
const ITEMS = 10_000;
/** Every five minutes for a week. */
const POLLS = 2_016;

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const transform = (id: string, value: unknown) => step({ id, kind: 'transform', with: { value } });
const post = step({ id: 'call', kind: 'http', with: { url: 'https://example.org/', body: '{{ n }}' } });
const each = (steps: Step[], concurrency: number) =>
  step({ id: 'each', kind: 'forEach', items: `{{ [1..${ITEMS}] }}`, as: 'n', concurrency, steps });
/** A long body, with an approval and an event that wait beside it. */
const beside = (body: Step) =>
  step({
    id: 'both',
    kind: 'parallel',
    branches: [
      { id: 'work', steps: [body] },
      {
        id: 'people',
        steps: [
          step({
            id: 'gate',
            kind: 'approval',
            with: { title: 'Go on?', class: 'B', expiresInSeconds: 2_592_000 },
          }),
          step({ id: 'word', kind: 'wait', with: { event: 'word' } }),
        ],
      },
    ],
  });

interface Size {
  events: number;
  bytes: number;
  /** Of what the history began with. */
  carried: number;
}

/** The sizes of all histories that a run went through, in their order. */
async function sizesOf(world: FakeWorld, { runId }: CloseRunInput): Promise<Size[]> {
  const { workflow } = bench.environment.client;
  const id = temporalWorkflowId(world.tenantId, runId);
  const last = await workflow.getHandle(id).fetchHistory();
  const sizes: Size[] = [];
  let next = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
  while (next) {
    const history = await workflow.getHandle(id, next).fetchHistory();
    const events: proto.temporal.api.history.v1.IHistoryEvent[] = history.events ?? [];
    const began = events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    sizes.push({
      events: events.length,
      bytes: History.encode(history).finish().length,
      carried: began.reduce((sum, payload) => sum + (payload.data?.length ?? 0), 0),
    });
    next = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return sizes;
}

function expectWithinLimits(sizes: Size[]): void {
  expect(sizes.filter(({ events, bytes }) => events >= MOST_EVENTS || bytes >= MOST_BYTES)).toEqual([]);
  expect(sizes.filter(({ carried }) => carried >= MOST_CARRIED_BYTES)).toEqual([]);
}

/** Decides the approval and sends the event once `ready` is true. */
async function answer(world: FakeWorld, ready: () => boolean): Promise<void> {
  const request = await new Promise<ApprovalRequest>((resolve) => (world.onApproval = resolve));
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 5));
  world.decide(request, { role: 'finance' });
  const { approvalId, runId } = request;
  const handle = bench.environment.client.workflow.getHandle(temporalWorkflowId(world.tenantId, runId));
  await handle.signal('event', { id: 'said', name: 'word', payload: 'said' });
  await handle.signal('approvalDecided', { id: 'decided', approvalId });
}

/** How often steps of this id began. */
const starts = (world: FakeWorld, id: string) =>
  new Set(
    world.events.filter(({ stepId, kind }) => stepId === id && kind === 'STARTED').map(({ path }) => path),
  ).size;

describe(`a loop over ${ITEMS} items`, () => {
  it('without effects does each once', async () => {
    const world = new FakeWorld();
    const steps = [
      each([transform('twice', '{{ n * 2 }}')], 1),
      transform('sum', '{{ $sum(steps.each.output) }}'),
    ];
    const end = await bench.run(world, { steps });
    expect([end.error, end.output]).toEqual([null, { value: ITEMS * (ITEMS + 1) }]);
    expect(starts(world, 'twice')).toBe(ITEMS);
    expectWithinLimits(await sizesOf(world, end));
  }, 180_000);

  it('with effects, 50 at once, goes through several histories and loses no signal', async () => {
    const world = new FakeWorld();
    const answered = answer(world, () => world.effects.length > 3_000);
    // Together more than a run may carry.
    const effect = () => ({ output: { value: 'x'.repeat(250) } });
    const end = await bench.run(world, { steps: [beside(each([post], 50))], effect }, () => answered);
    expect(end.error).toBeNull();
    const output = end.output && world.read(end.output);
    expect(output).toMatchObject({ people: 'said', work: { length: ITEMS } });
    expect(new Set(world.effects.map(({ path }) => path)).size).toBe(ITEMS);
    expect(world.effects).toHaveLength(ITEMS);
    expect(world.approvals.size).toBe(1);
    const sizes = await sizesOf(world, end);
    expect(sizes.length).toBeGreaterThan(4);
    expectWithinLimits(sizes);
  }, 180_000);
});

describe('a loop that asks every five minutes for a week', () => {
  it('goes through several histories and loses no signal', async () => {
    const world = new FakeWorld();
    const poll = step({
      id: 'poll',
      kind: 'while',
      condition: `{{ index < ${POLLS} }}`,
      maxIterations: POLLS + 1,
      steps: [step({ id: 'pause', kind: 'wait', with: { seconds: 300 } })],
    });
    // At the same time as the end is awaited: only then does time pass.
    const halfWay = () => world.events.length > POLLS * 2;
    const [end] = await Promise.all([bench.run(world, { steps: [beside(poll)] }), answer(world, halfWay)]);
    expect([end.error, end.output]).toEqual([null, { value: { work: null, people: 'said' } }]);
    expect(starts(world, 'pause')).toBe(POLLS);
    const sizes = await sizesOf(world, end);
    expect(sizes.length).toBeGreaterThan(2);
    expectWithinLimits(sizes);
  }, 180_000);
});
