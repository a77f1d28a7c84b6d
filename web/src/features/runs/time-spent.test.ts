import { describe, expect, it } from '@jest/globals';
import { timeSpent, workSpans, type Asked, type TimedStep } from './time-spent.ts';

/** All times here are in seconds. */
const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();
const step = (path: string, kind: string, [from, to]: [number, number?]): TimedStep => ({
  ...{ path, kind, startedAt: iso(from), reusedFrom: null },
  finishedAt: to === undefined ? null : iso(to),
});
const ask = (path: string, from: number, to?: number): Asked => ({
  ...{ path, requestedAt: iso(from), closedAt: to === undefined ? null : iso(to) },
});
const WHOLE = { from: 0, to: 1_000_000 };

describe('the time of a run', () => {
  it.each<[string, TimedStep[], Asked[], object]>([
    ['nothing', [], [], { worked: 0, people: 0, other: 1_000 }],
    ['steps side by side', [step('a', 'http', [0, 300]), step('b', 'http', [200, 400])], [], { worked: 400 }],
    [
      'what holds others',
      [step('a', 'forEach', [0, 900]), step('a[0]/b', 'email', [0, 50])],
      [],
      { worked: 50 },
    ],
    ['a set time', [step('a', 'wait', [0, 600])], [], { worked: 0, people: 0, other: 1_000 }],
    ['people', [step('a', 'approval', [100, 700])], [ask('a', 100, 700)], { people: 600, other: 400 }],
    ['work beside people', [step('a', 'http', [0, 500])], [ask('b', 400, 900)], { worked: 500, people: 400 }],
    [
      'an effect that asks',
      [step('a', 'http', [0, 500])],
      [ask('a', 100, 450)],
      { worked: 150, people: 350 },
    ],
    [
      'short pauses between steps',
      [step('a', 'transform', [0, 0]), step('b', 'http', [0.9, 999.1])],
      [],
      { worked: 1_000, other: 0 },
    ],
    [
      'a short wait',
      [step('a', 'http', [0, 999.5]), step('b', 'wait', [999.5, 1_000])],
      [],
      { worked: 999.5, other: 0.5 },
    ],
    ['another run', [step('a', 'callWorkflow', [0, 1_000])], [], { worked: 0, other: 1_000 }],
    ['what goes on', [step('a', 'http', [900])], [ask('b', 800)], { worked: 100, people: 100, other: 800 }],
  ])('is parted for %s', (_, steps, asked, parts) => {
    const { worked, people, other } = timeSpent({ steps, asked }, WHOLE);
    const spent = { worked: worked / 1_000, people: people / 1_000, other: other / 1_000 };
    expect(spent).toMatchObject(parts);
    expect(worked + people + other).toBe(WHOLE.to);
  });

  it('leaves out what an earlier run did', () => {
    const reused = { ...step('a', 'http', [0, 500]), reusedFrom: 'run_1' };
    expect(timeSpent({ steps: [reused], asked: [] }, WHOLE).worked).toBe(0);
  });

  it('keeps the moments before and after a question as work', () => {
    expect(
      workSpans([step('a', 'http', [0, 500])], [ask('a', 100, 200), ask('a', 300, 400)], WHOLE.to),
    ).toEqual([
      { from: 0, to: 100_000 },
      { from: 200_000, to: 300_000 },
      { from: 400_000, to: 500_000 },
    ]);
  });
});
