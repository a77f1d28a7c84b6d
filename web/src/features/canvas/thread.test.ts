import { describe, expect, it } from '@jest/globals';
import { lightened, threadOf, type DrawnRun } from './thread.ts';

const at = (second: number) => new Date(second * 1_000).toISOString();
type StepRow = [kind: string, status: string, from: number | null, to: number | null];
const run = (status: string, steps: StepRow[] = []): DrawnRun => ({
  ...{ id: 'run_1', status, createdAt: at(1), finishedAt: status === 'RUNNING' ? null : at(9) },
  workflow: { name: 'Refund' },
  steps: steps.map(([kind, state, from, to]) => ({
    ...{ kind, status: state, startedAt: from === null ? null : at(from) },
    finishedAt: to === null ? null : at(to),
  })),
});

describe('the thread of a run', () => {
  it('has its times in milliseconds and the tone of its state', () => {
    expect(threadOf(run('FAILED'))).toEqual({
      ...{ id: 'run_1', name: 'Refund', tone: 'fail', from: 1_000, to: 9_000 },
      knots: [],
    });
    expect(threadOf(run('RUNNING'))).toMatchObject({ tone: 'run', to: null });
  });

  it.each([
    [
      'a step that is done, at its end',
      ['email', 'SUCCEEDED', 2, 3],
      { kind: 'step', at: 3_000, until: null },
    ],
    ['a step that failed', ['http', 'FAILED', 2, 4], { kind: 'failure', at: 4_000, until: null }],
    ['a gate that waits', ['approval', 'WAITING', 2, null], { kind: 'gate', at: 2_000, until: null }],
    ['a gate that was decided', ['approval', 'SUCCEEDED', 2, 5], { kind: 'gate', at: 2_000, until: 5_000 }],
    ['nothing for a step under way', ['http', 'RUNNING', 2, null], null],
    ['nothing for one that only holds others', ['forEach', 'SUCCEEDED', 2, 3], null],
    ['nothing for one that was left out', ['email', 'SKIPPED', 2, 3], null],
    ['nothing for one that was stopped', ['email', 'CANCELLED', 2, 3], null],
    ['nothing for a gate that is not reached', ['approval', 'WAITING', null, null], null],
  ] as [string, StepRow, object | null][])('shows %s', (_, step, knot) => {
    expect(threadOf(run('RUNNING', [step])).knots).toEqual(knot === null ? [] : [knot]);
  });

  it('has its knots in the order of time', () => {
    const knots = threadOf(
      run('SUCCEEDED', [
        ['email', 'SUCCEEDED', 2, 8],
        ['approval', 'SUCCEEDED', 3, 4],
      ]),
    ).knots;
    expect(knots.map(({ at: time }) => time)).toEqual([3_000, 8_000]);
  });

  it('keeps gates and failures when there are more knots than can be told apart', () => {
    const steps = Array.from({ length: 400 }, (_, i): StepRow => ['email', 'SUCCEEDED', i, i + 1]);
    const { knots } = lightened(
      threadOf(run('FAILED', [...steps, ['approval', 'SUCCEEDED', 3, 4], ['http', 'FAILED', 5, 6]])),
    );
    expect(knots.filter(({ kind }) => kind === 'step')).toHaveLength(80);
    expect(knots.filter(({ kind }) => kind !== 'step')).toHaveLength(2);
  });
});
