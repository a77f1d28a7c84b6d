import { describe, expect, it } from '@jest/globals';
import { graphStates } from './graph-states.ts';
import type { StepStatus } from './run-states.ts';

const step = (path: string, status: StepStatus) => ({
  ...{ path, status, kind: 'transform', startedAt: '1', finishedAt: '2' },
  stepId: (path.split('/').at(-1) ?? '').replace(/\[.*/, ''),
});
const STEPS = [
  step('read', 'SUCCEEDED'),
  step('loop', 'RUNNING'),
  step('loop[0]/send', 'SUCCEEDED'),
  step('loop[1]/send', 'FAILED'),
  step('loop[2]/send', 'SUCCEEDED'),
  step('loop[3]/send', 'FAILED'),
  step('loop[4]/send', 'WAITING'),
];

describe('the steps of a graph', () => {
  it('stand as the run left them, in a loop as the worst of their rounds', () => {
    const states = graphStates(STEPS, null);
    expect([...states.keys()]).toEqual(['read', 'loop', 'send']);
    expect(states.get('read')).toMatchObject({ status: 'SUCCEEDED', path: 'read' });
    expect(states.get('send')).toEqual({
      ...{ status: 'FAILED', path: 'loop[1]/send' },
      counts: [
        { status: 'FAILED', count: 2 },
        { status: 'WAITING', count: 1 },
        { status: 'SUCCEEDED', count: 2 },
      ],
    });
  });

  it('lead to the round that is selected', () => {
    expect(graphStates(STEPS, 'loop[2]/send').get('send')).toMatchObject({
      ...{ status: 'FAILED', path: 'loop[2]/send' },
    });
  });

  it('wait when all that they hold waits', () => {
    const states = graphStates([step('loop', 'RUNNING'), step('loop[0]/ask', 'WAITING')], null);
    expect(states.get('loop')?.status).toBe('WAITING');
  });
});
