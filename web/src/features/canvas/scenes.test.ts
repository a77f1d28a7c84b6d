import { describe, expect, it } from '@jest/globals';
import { readRecording } from './recording.ts';
import { RECORDED_SPAN, spanFor, stillOf, viewsOfRecording } from './scenes.ts';

const stored = {
  recordedAt: '2026-11-30T10:00:00.000Z',
  lasts: 100_000,
  workflows: ['Count', 'Refund'],
  runs: [
    {
      workflow: 1,
      status: 'SUCCEEDED',
      from: 60_000,
      to: 70_000,
      steps: [['email', 'SUCCEEDED', 61_000, 62_000]],
    },
    { workflow: 0, status: 'FAILED', from: 0, to: 5_000, steps: [['fail', 'FAILED', 4_000, 5_000]] },
  ],
};
const recording = readRecording(stored);

describe('a recording', () => {
  it('is read as threads', () => {
    expect(recording.threads).toMatchObject([
      { name: 'Refund', tone: 'ok', from: 60_000, to: 70_000, knots: [{ kind: 'step', at: 62_000 }] },
      { name: 'Count', tone: 'fail', knots: [{ kind: 'failure', at: 5_000 }] },
    ]);
  });

  it('begins where its still picture is taken', () => {
    expect(stillOf(recording)).toEqual({ now: 60_000, span: RECORDED_SPAN });
    expect(viewsOfRecording(recording, 0)).toEqual([{ now: 60_000, span: RECORDED_SPAN }]);
  });

  it('begins anew, and its end is still seen then', () => {
    expect(viewsOfRecording(recording, 41_000)).toEqual([
      { now: 101_000, span: RECORDED_SPAN },
      { now: 1_000, span: RECORDED_SPAN },
    ]);
  });
});

describe('the time that a live picture shows', () => {
  const now = 10_000_000;
  const ago = (...minutes: number[]) =>
    minutes.map((one) => ({ ...recording.threads[0]!, from: now - one * 60_000 }));
  it.each([
    ['a minute at least', ago(0.1), 60_000],
    ['a minute when there is nothing', [], 60_000],
    ['half of the runs and some more', ago(1, 4, 60), 360_000],
    ['half an hour at most', ago(600), 1_800_000],
  ])('is %s', (_, threads, span) => {
    expect(spanFor(threads, now)).toBe(span);
  });
});
