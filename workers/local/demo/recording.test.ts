import { describe, expect, it } from '@jest/globals';
import { recordingOf, type RecordedRun } from './recording.ts';

const SINCE = new Date('2026-11-30T10:00:00Z');
const at = (seconds: number) => new Date(SINCE.getTime() + seconds * 1_000).toISOString();
const step = (kind: string, status: string, from: number, to: number | null) => ({
  ...{ path: kind, kind, status, startedAt: at(from) },
  finishedAt: to === null ? null : at(to),
});
const run = (name: string, rest: Partial<RecordedRun>): RecordedRun => ({
  ...{ id: 'run_1', status: 'SUCCEEDED', createdAt: at(1), finishedAt: at(5) },
  ...{ workflow: { name }, steps: [] },
  ...rest,
});

describe('a recording', () => {
  it('tells times from its begin, the earliest run first', () => {
    expect(
      recordingOf([run('Refund', { createdAt: at(3), finishedAt: at(9) }), run('Count', {})], SINCE),
    ).toEqual({
      recordedAt: SINCE.toISOString(),
      lasts: 9_000,
      workflows: ['Count', 'Refund'],
      runs: [
        { workflow: 0, status: 'SUCCEEDED', from: 1_000, to: 5_000, steps: [] },
        { workflow: 1, status: 'SUCCEEDED', from: 3_000, to: 9_000, steps: [] },
      ],
    });
  });

  it('keeps the steps that did something, without ids, values and people', () => {
    const steps = [
      step('email', 'SUCCEEDED', 3, 4),
      step('forEach', 'SUCCEEDED', 1, 5),
      step('wait', 'SKIPPED', 2, 2),
      step('approval', 'SUCCEEDED', 2, 3),
      step('http', 'RUNNING', 2, null),
    ];
    expect(recordingOf([run('Refund', { steps })], SINCE).runs[0]?.steps).toEqual([
      ['approval', 'SUCCEEDED', 2_000, 3_000],
      ['email', 'SUCCEEDED', 3_000, 4_000],
    ]);
  });

  it('leaves out runs that are not over', () => {
    expect(recordingOf([run('Refund', { finishedAt: null })], SINCE)).toMatchObject({ lasts: 0, runs: [] });
  });
});
