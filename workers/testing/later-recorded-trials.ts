import { setTimeout as pause } from 'node:timers/promises';
import { temporalWorkflowId } from '../../workflows/ids.ts';
import {
  approval,
  approve,
  broken,
  brokenAtFirst,
  childHandle,
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

/** Trials of what runs learnt later, by the name of their file. */
export const LATER_TRIALS: Record<string, RecordedTrial> = {
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
  'approval-reminded-and-escalated': {
    steps: [
      approval('gate', {
        ...{ class: 'B', approvers: ['finance'], remindAfterSeconds: 1 },
        ...{ escalateAfterSeconds: 2, escalateTo: ['security'] },
      }),
      transform('after', '{{ steps.gate.output.decision }}'),
    ],
    prepare: (world) => {
      world.onNudge = async (request, nudge) => {
        if (nudge !== 'escalated') return;
        world.decide(request, { role: 'security', at: new Date().toISOString() });
        const { approvalId, tenantId, runId } = request;
        const handle = world.client?.getHandle(temporalWorkflowId(tenantId, runId));
        if (handle) await signal(handle, 'approvalDecided', { id: approvalId, approvalId });
      };
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
  'approval-delegated-and-mailed': {
    steps: [approval('gate', { class: 'B', approvers: ['finance'] })],
    prepare: (world) => {
      world.hasMail = true;
    },
    decide: (world, request) => world.decide(request, { role: 'finance', onBehalfOf: 'cfo@example.org' }),
  },
  'approval-escalated': {
    steps: [
      approval('gate', {
        class: 'B',
        approvers: ['finance'],
        escalateAfterSeconds: 1,
        escalateTo: ['security'],
      }),
    ],
    prepare: (world) => {
      world.onNudge = (request) => {
        const { approvalId, tenantId, runId } = request;
        // Later than the answer of the activity, which is in the history then.
        void pause(500).then(async () => {
          world.decide(request, { role: 'security', at: new Date().toISOString() });
          const handle = world.client?.getHandle(temporalWorkflowId(tenantId, runId));
          if (handle) await signal(handle, 'approvalDecided', { id: approvalId, approvalId });
        });
      };
    },
  },
  'stopped-as-it-asks': {
    steps: [
      step({
        id: 'both',
        kind: 'parallel',
        branches: [
          { id: 'bad', steps: [fail('stop', 'no')] },
          {
            id: 'people',
            steps: [step({ id: 'safe', kind: 'try', steps: [approval('gate')], finally: [http('undo')] })],
          },
        ],
      }),
    ],
  },
  'stopped-before-its-next-attempt': {
    steps: [http('call', { retry: { attempts: 3, firstDelaySeconds: 60 } })],
    effect: () => broken,
    during: async (world, handle) => {
      await recorded(world, 'call RETRYING');
      await handle.cancel();
    },
  },
  'loops-tried-again': {
    steps: [
      step({
        id: 'each',
        kind: 'forEach',
        items: [1, 2],
        as: 'n',
        retry: { attempts: 4, firstDelaySeconds: 0.1 },
        steps: [http('call', { retry: { attempts: 2, firstDelaySeconds: 0.1 } })],
      }),
    ],
    effect: brokenAtFirst(5),
  },
  'calls-tried-again': {
    steps: [
      step({
        id: 'call',
        kind: 'callWorkflow',
        with: { workflow: 'bad' },
        retry: { attempts: 2, firstDelaySeconds: 0.1 },
        onError: 'continue',
      }),
    ],
    children: { bad: { flow: 'v1', steps: [fail('stop', 'inside')] } },
  },
};
