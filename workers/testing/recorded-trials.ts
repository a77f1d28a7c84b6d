import { newCarry } from '../../workflows/runs/run-graph.ts';
import { LATER_TRIALS } from './later-recorded-trials.ts';
import {
  approval,
  approve,
  broken,
  brokenAtFirst,
  deny,
  email,
  fail,
  http,
  recorded,
  send,
  signal,
  step,
  transform,
  wait,
  type RecordedTrial,
} from './recorded-trial.ts';

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
  ...LATER_TRIALS,
};
