import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import type { Step } from '../../workflows/definitions/model.ts';
import { temporalWorkflowId } from '../../workflows/ids.ts';
import type { EffectOutcome } from '../../workflows/runs/activities.ts';
import type { RunCarry } from '../../workflows/runs/model.ts';
import { newCarry } from '../../workflows/runs/run-graph.ts';
import type { FakeWorld, Trial } from '../../workflows/runs/testing.ts';

/** A run to record. Waits are real here, and therefore short. */
export interface RecordedTrial extends Trial {
  /** What happens to the run from outside. */
  during?: (world: FakeWorld, handle: WorkflowHandle) => Promise<void>;
  /** How people decide on each request; nobody does when left out. */
  decide?: (world: FakeWorld, request: ApprovalRequest) => void;
  /** Called before the run is started. */
  prepare?: (world: FakeWorld) => void;
  /** The server suggests a new history after so many events; its own number when left out. */
  suggestAfter?: number;
  /** The state that the execution begins with, as after continue-as-new. */
  carry?: RunCarry;
}

const step = (value: unknown) => value as Step;
const transform = (id: string, value: unknown, more = {}) =>
  step({ id, kind: 'transform', with: { value }, ...more });
const http = (id: string, more = {}) =>
  step({ id, kind: 'http', with: { url: 'https://example.org/', body: 1, method: 'POST' }, ...more });
const email = (id: string) =>
  step({ id, kind: 'email', with: { to: 'a@example.com', subject: 'Hello', text: 'Hello' } });
const fail = (id: string, message: string) => step({ id, kind: 'fail', with: { message, code: 'STOPPED' } });
const wait = (id: string, fields: object) => step({ id, kind: 'wait', with: fields });
const approval = (id: string, fields: object = {}) =>
  step({ id, kind: 'approval', with: { title: 'Go on?', ...fields } });

const answer = (value: object): EffectOutcome => ({ output: { value: { ...value } } });
const broken: EffectOutcome = {
  error: { code: 'HTTP_STATUS', message: 'It answered 503.', details: { status: 503 }, retryable: true },
};
/** Fails the first `times` times. */
const brokenAtFirst = (times: number) => {
  let calls = 0;
  return () => (++calls <= times ? broken : answer({ calls }));
};

const approve =
  (...roles: ('finance' | 'security' | 'owner')[]) =>
  (world: FakeWorld, request: ApprovalRequest) => {
    for (const role of roles) world.decide(request, { role });
  };
const deny = (world: FakeWorld, request: ApprovalRequest) =>
  world.decide(request, { role: 'finance', verdict: 'DENY' });

/** Resolves when the run has recorded this, such as `gate WAITING`. */
async function recorded(world: FakeWorld, line: string): Promise<void> {
  while (!world.history().includes(line)) await pause(5);
}
const signal = (handle: WorkflowHandle, name: string, fields: object) => handle.signal(name, fields);
const send = (handle: WorkflowHandle, name: string) =>
  signal(handle, 'event', { id: `event-${name}`, name, payload: { name } });

/** The trials by the name of their file. */
export const RECORDED_TRIALS: Record<string, RecordedTrial> = {
  'all-kinds': {
    input: { n: 3 },
    steps: [
      transform('value', '{{ input.n * 2 }}'),
      step({
        id: 'size',
        kind: 'branch',
        cases: [{ when: '{{ steps.value.output > 100 }}', steps: [] }],
        otherwise: [http('small')],
      }),
      step({ id: 'rows', kind: 'postgres', with: { connection: 'shop', sql: 'SELECT $1', params: [1] } }),
      email('letter'),
      step({
        id: 'both',
        kind: 'parallel',
        branches: [
          { id: 'left', steps: [http('l'), transform('l2', 2)] },
          { id: 'right', steps: [wait('r', { seconds: 0.2 })] },
        ],
      }),
      step({
        id: 'each',
        kind: 'forEach',
        items: '{{ [1..7] }}',
        as: 'n',
        concurrency: 3,
        steps: [http('call', { when: '{{ n != 4 }}' }), transform('pair', '{{ [index, n] }}')],
      }),
      step({
        id: 'loop',
        kind: 'while',
        condition: '{{ steps.round.output != 3 }}',
        maxIterations: 5,
        steps: [http('again'), transform('round', '{{ index + 1 }}')],
      }),
      step({
        id: 'safe',
        kind: 'try',
        steps: [fail('stop', 'on purpose')],
        catch: [http('caught')],
        finally: [http('tidy')],
      }),
      wait('until', { until: '2001-01-01T00:00:00Z' }),
      approval('gate', { class: 'A' }),
      step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'called', input: { n: 4 } } }),
      step({ id: 'answer', kind: 'respond', with: { status: 201, body: { ok: true } } }),
    ],
    children: { called: { flow: 'v1', steps: [transform('twice', '{{ input.n * 2 }}'), http('inside')] } },
  },
  'approval-approved': {
    steps: [approval('gate', { class: 'C' }), email('letter')],
    decide: approve('finance', 'security'),
  },
  'approval-denied': { steps: [approval('gate'), email('letter')], decide: deny },
  'approval-denied-and-on': {
    steps: [
      approval('gate', { onDenied: 'continue' }),
      transform('told', '{{ steps.gate.output.decision }}'),
    ],
    decide: deny,
  },
  'approval-expired': { steps: [approval('gate', { expiresInSeconds: 1 }), email('letter')] },
  'approval-in-a-loop': {
    steps: [
      step({
        id: 'each',
        kind: 'forEach',
        items: [1, 2, 3],
        as: 'n',
        concurrency: 3,
        steps: [approval('gate'), http('act')],
      }),
    ],
    decide: approve('owner'),
  },
  'action-before-launch': { steps: [email('letter')], launchStage: 'pre-launch', decide: approve('finance') },
  cancelled: {
    steps: [
      step({
        id: 'safe',
        kind: 'try',
        steps: [
          step({
            id: 'both',
            kind: 'parallel',
            branches: [
              { id: 'left', steps: [wait('never', { event: 'never' })] },
              { id: 'right', steps: [approval('gate')] },
            ],
          }),
        ],
        finally: [wait('rest', { seconds: 0.2 }), http('undo')],
      }),
    ],
    during: async (world, handle) => {
      await recorded(world, 'safe/both/right/gate WAITING');
      await handle.cancel();
    },
  },
  'cancelled-with-its-child': {
    steps: [step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'slow' } })],
    children: { slow: { flow: 'v1', steps: [wait('never', { event: 'never' })] } },
    during: async (world, handle) => {
      await recorded(world, 'never WAITING');
      await handle.cancel();
    },
  },
  paused: {
    steps: [wait('go', { event: 'go' }), http('next')],
    during: async (world, handle) => {
      await recorded(world, 'go WAITING');
      await signal(handle, 'setPaused', { id: 'pause', paused: true });
      await send(handle, 'go');
      await recorded(world, 'go SUCCEEDED');
      await signal(handle, 'setPaused', { id: 'resume', paused: false });
    },
  },
  'events-early-and-late': {
    steps: [
      wait('first', { event: 'one' }),
      http('between'),
      wait('second', { event: 'two', timeoutSeconds: 30 }),
    ],
    during: async (world, handle) => {
      await send(handle, 'two');
      await recorded(world, 'first WAITING');
      await send(handle, 'one');
    },
  },
  'event-that-never-came': { steps: [wait('never', { event: 'never', timeoutSeconds: 1 })] },
  retried: {
    steps: [http('call', { retry: { attempts: 4, firstDelaySeconds: 0.2, factor: 2 } })],
    effect: brokenAtFirst(2),
  },
  'retried-as-a-whole': {
    steps: [
      step({
        id: 'whole',
        kind: 'try',
        retry: { attempts: 3, firstDelaySeconds: 0.2 },
        steps: [http('call'), http('next')],
      }),
    ],
    effect: brokenAtFirst(1),
  },
  'failed-in-parallel': {
    steps: [
      step({
        id: 'both',
        kind: 'parallel',
        branches: [
          { id: 'bad', steps: [wait('rest', { seconds: 0.2 }), fail('stop', 'no')] },
          { id: 'slow', steps: [wait('never', { event: 'never' })] },
        ],
      }),
    ],
  },
  'failed-and-on': {
    steps: [http('call', { onError: 'continue' }), transform('why', '{{ steps.call.error.code }}')],
    effect: () => broken,
  },
  'step-timed-out': {
    steps: [step({ id: 'safe', kind: 'try', timeoutSeconds: 1, steps: [wait('never', { event: 'never' })] })],
  },
  'run-timed-out': {
    flow: { limits: { timeoutSeconds: 1 } },
    steps: [
      step({ id: 'safe', kind: 'try', steps: [wait('never', { event: 'never' })], finally: [http('undo')] }),
    ],
  },
  'child-failed': {
    steps: [step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'bad' } })],
    children: { bad: { flow: 'v1', steps: [fail('stop', 'inside')] } },
  },
  'child-not-waited-for': {
    steps: [
      step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'other', wait: false } }),
      http('next'),
    ],
    children: { other: { flow: 'v1', steps: [http('inside')] } },
  },
  'values-stored-outside': {
    steps: [
      transform('big', '{{ [1..9000].{ "n": $ } }}'),
      step({
        id: 'each',
        kind: 'forEach',
        items: '{{ steps.big.output[n <= 5] }}',
        as: 'row',
        concurrency: 2,
        steps: [http('call', { with: { url: 'https://example.org/', body: '{{ row.n }}', method: 'POST' } })],
      }),
      transform('count', '{{ $count(steps.big.output) }}'),
    ],
  },
  'many-pure-steps': { steps: Array.from({ length: 60 }, (_, i) => transform(`s${i}`, i)) },
  'carried-on': {
    steps: [transform('first', 1), wait('go', { event: 'go' }), http('last')],
    carry: {
      ...newCarry(),
      journal: { children: { first: { attempts: 1, done: { output: { value: 1 } } } } },
      inbox: [{ type: 'event', id: 'carried', name: 'go', payload: null }],
      sequence: 2,
    },
  },
  'run-again': {
    steps: [http('first'), http('second'), transform('third', '{{ steps.first.output }}')],
    seed: {
      journal: { children: { first: { attempts: 1, done: { output: { value: 'taken over' } } } } },
      response: null,
      sequence: 2,
    },
  },
  'new-history': {
    suggestAfter: 40,
    steps: [
      step({
        id: 'both',
        kind: 'parallel',
        branches: [
          {
            id: 'work',
            steps: [
              step({ id: 'each', kind: 'forEach', items: '{{ [1..12] }}', as: 'n', steps: [http('call')] }),
            ],
          },
          { id: 'people', steps: [approval('gate'), wait('go', { event: 'go' })] },
          { id: 'called', steps: [step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'slow' } })] },
        ],
      }),
    ],
    children: { slow: { flow: 'v1', steps: [wait('late', { event: 'late' })] } },
    during: async (world, handle) => {
      await send(handle, 'go');
      await recorded(world, 'both/work/each SUCCEEDED');
      await send(childHandle(world), 'late');
    },
    decide: approve('finance'),
  },
  'queued-then-admitted': {
    steps: [http('call')],
    prepare: (world) => {
      const open = world.activities.openRun;
      let asked = 0;
      world.activities.openRun = async (key) => {
        const opened = await open(key);
        return ++asked === 1 ? { ...opened, admission: 'queued' } : opened;
      };
    },
    during: async (_, handle) => {
      // It may come before the run waits, which has it ask again too.
      await pause(200);
      await signal(handle, 'admitted', { id: 'admitted' });
    },
  },
  'child-by-message': {
    steps: [
      step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'called', input: { n: 4 } } }),
      transform('plus', '{{ steps.call.output + 1 }}'),
    ],
    children: { called: { flow: 'v1', steps: [http('inside'), transform('twice', '{{ input.n * 2 }}')] } },
  },
  'child-by-message-failed': {
    steps: [step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'bad' } })],
    children: { bad: { flow: 'v1', steps: [fail('stop', 'inside')] } },
  },
  'child-by-message-cancelled': {
    steps: [step({ id: 'call', kind: 'callWorkflow', with: { workflow: 'slow' } })],
    children: { slow: { flow: 'v1', steps: [wait('never', { event: 'never' })] } },
    during: async (world, handle) => {
      await recorded(world, 'never WAITING');
      await handle.cancel();
    },
  },
  'test-run': {
    steps: [
      step({
        id: 'each',
        kind: 'forEach',
        items: [1, 2],
        as: 'n',
        steps: [http('given'), transform('plus', '{{ steps.given.output + n }}')],
      }),
      http('broken', { onError: 'continue' }),
      step({
        id: 'both',
        kind: 'parallel',
        branches: [
          { id: 'left', steps: [wait('never', { event: 'never' })] },
          { id: 'right', steps: [http('refused', { onError: 'continue' }), transform('here', 'end')] },
        ],
      }),
      http('after'),
    ],
    test: {
      pins: {
        given: { output: 10 },
        broken: { error: { code: 'HTTP_STATUS', message: 'It answered 503.' } },
      },
      ...{ until: 'here', only: null, vars: {}, unpinnedEffects: 'FAIL' },
    },
  },
};

/** The run that the trial called. */
function childHandle(world: FakeWorld): WorkflowHandle {
  const [, child] = world.runs.keys();
  if (!child || !world.client) throw new Error('The trial has called no run');
  return world.client.getHandle(temporalWorkflowId(world.tenantId, child));
}

/** Signals each decision to its run, as the platform does after somebody has decided. */
export function answerRequests(
  world: FakeWorld,
  decide: NonNullable<RecordedTrial['decide']>,
  handleOf: (workflowId: string) => WorkflowHandle,
): void {
  world.onApproval = (request) => {
    if (request.quorum === 0) return;
    const { approvalId, tenantId, runId } = request;
    // Later, so that the run is seen to wait.
    void pause(100).then(async () => {
      decide(world, request);
      await signal(handleOf(temporalWorkflowId(tenantId, runId)), 'approvalDecided', {
        id: approvalId,
        approvalId,
      });
    });
  };
}
