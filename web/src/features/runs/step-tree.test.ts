import { describe, expect, it } from '@jest/globals';
import type { StepStatus } from './run-states.ts';
import { standingOf, stepTree, type TreeNode, type TreeStep } from './step-tree.ts';

const step = (
  path: string,
  status: StepStatus = 'SUCCEEDED',
  times: [string, string?] = ['1', '2'],
): TreeStep => ({
  ...{ path, kind: 'transform', status },
  ...{ startedAt: times[0], finishedAt: times[1] ?? null },
});
const drawn = (nodes: TreeNode<TreeStep>[]): unknown[] =>
  nodes.map(({ label, children }) => (children.length === 0 ? label : [label, drawn(children)]));

describe('the steps of a run', () => {
  it('stand in those that hold them, rounds of a loop by number', () => {
    const paths = ['read', 'loop', 'loop[10]/send', 'loop[2]/send', 'loop[2]/send/mail', 'last'];
    expect(drawn(stepTree(paths.map((path) => step(path))))).toEqual([
      'read',
      [
        'loop',
        [
          ['loop[2]', [['send', ['mail']]]],
          ['loop[10]', ['send']],
        ],
      ],
      'last',
    ]);
  });

  it('give a round the worst of their states, and its time from first to last', () => {
    const [loop] = stepTree([
      step('loop', 'RUNNING'),
      step('loop[0]/a', 'SUCCEEDED', ['2', '3']),
      step('loop[0]/b', 'WAITING', ['4']),
      step('loop[1]/a', 'FAILED', ['5', '6']),
      step('loop[1]/b', 'SKIPPED', ['6', '7']),
    ]);
    expect(loop?.children).toMatchObject([
      { round: 0, status: 'WAITING', startedAt: '2', finishedAt: null },
      { round: 1, status: 'FAILED', startedAt: '5', finishedAt: '7' },
    ]);
    expect(loop?.status).toBe('WAITING');
  });

  it('say that a step runs while any part of it does', () => {
    const [loop] = stepTree([
      step('loop', 'RUNNING'),
      step('loop[0]/a', 'WAITING'),
      step('loop[1]/a', 'RUNNING'),
    ]);
    expect(loop?.status).toBe('RUNNING');
  });

  it('tell how one of them stands, as the tree does', () => {
    const steps = [step('loop', 'RUNNING'), step('loop[0]/ask', 'WAITING'), step('last', 'FAILED')];
    expect(['loop', 'loop[0]/ask', 'last', 'none'].map((path) => standingOf(steps, path))).toEqual([
      ...['WAITING', 'WAITING', 'FAILED', null],
    ]);
  });

  it('that come before the one that holds them are put right', () => {
    expect(drawn(stepTree([step('try/a'), step('try')]))).toEqual([['try', ['a']]]);
  });
});
