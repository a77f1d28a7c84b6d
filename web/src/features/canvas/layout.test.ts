import { describe, expect, it } from '@jest/globals';
import {
  busiestMoment,
  courseOf,
  HEAD,
  heightAt,
  inkOf,
  marksOf,
  placesOf,
  scattered,
  swellAfter,
  thinned,
  xOf,
  type Mark,
} from './layout.ts';
import type { Thread } from './thread.ts';

const VIEW = { now: 100_000, span: 40_000 };
const PLACE = { rootY: 0.5, laneY: 0.1 };
const thread = (rest: Partial<Thread> = {}): Thread => ({
  ...{ id: 'run_1', name: 'Refund', tone: 'ok', from: 80_000, to: 90_000, knots: [] },
  ...rest,
});

describe('the picture', () => {
  it.each([
    [100_000, HEAD],
    [80_000, HEAD / 2],
    [60_000, 0],
    [40_000, -HEAD / 2],
  ])('has what happened at %d at %d of its width', (at, x) => {
    expect(xOf(at, VIEW)).toBeCloseTo(x);
  });

  it('gives each run a height of its own that stays when others come', () => {
    const [one, two] = [thread(), thread({ id: 'run_2', name: 'Count' })];
    const alone = placesOf([one])[0];
    const [, together] = placesOf([two, one]);
    expect(together?.laneY).toBe(alone?.laneY);
    const heights = Array.from({ length: 200 }, (_, i) => scattered(`run_${i}`));
    expect(Math.min(...heights)).toBeLessThan(0.05);
    expect(Math.max(...heights)).toBeGreaterThan(0.95);
    expect(new Set(heights.map((height) => height.toFixed(4))).size).toBeGreaterThan(190);
  });

  it('begins the runs of one workflow at one place', () => {
    const places = placesOf([thread(), thread({ id: 'run_2' }), thread({ id: 'run_3', name: 'Count' })]);
    expect(places.map(({ rootY }) => rootY.toFixed(3))).toEqual(['0.725', '0.725', '0.275']);
  });
});

describe('the course of a thread', () => {
  it.each([
    ['comes later', { from: 110_000, to: null }],
    ['is over and out of sight', { from: 10_000, to: 50_000 }],
  ])('is not there when it %s', (_, times) => {
    expect(courseOf(thread(times), PLACE, VIEW)).toBeNull();
  });

  it.each([
    ['goes on', { to: null }, { endX: HEAD, strength: 1, isOpen: true }],
    ['ends later, in a recording', { to: 120_000 }, { endX: HEAD, strength: 1, isOpen: true }],
    ['is over', { to: 90_000 }, { endX: HEAD * 0.75, strength: 0.675, isOpen: false }],
  ])('reaches as far as it came when it %s', (_, times, course) => {
    const found = courseOf(thread(times), PLACE, VIEW);
    expect({ ...found, strength: found?.strength.toFixed(3) }).toMatchObject({
      ...course,
      strength: course.strength.toFixed(3),
    });
  });

  it('rises from its workflow to its own height, without a corner', () => {
    const course = courseOf(thread({ to: null }), PLACE, VIEW);
    if (course === null) throw new Error('It is in the view.');
    const height = (part: number) => heightAt(course.bowX + part * (course.startX - course.bowX), course);
    expect([0, 0.5, 1, 2].map((part) => height(part).toFixed(3))).toEqual([
      '0.500',
      '0.300',
      '0.100',
      '0.100',
    ]);
    expect(Math.abs(height(0.01) - height(0))).toBeLessThan(0.001);
  });

  it('has a bow that stays wide enough when its begin drifts out of sight', () => {
    expect(courseOf(thread({ from: 62_000, to: null }), PLACE, VIEW)?.bowX).toBeLessThan(-0.2);
  });
});

describe('the colour of a thread', () => {
  it.each([
    [{ tone: 'fail', to: 90_000 }, 'fail'],
    [{ tone: 'fail', to: 110_000 }, 'thread'],
    [{ tone: 'idle', to: 90_000 }, 'idle'],
    [{ tone: 'ok', to: 90_000 }, 'thread'],
    [{ tone: 'wait', to: null }, 'thread'],
  ] as [Partial<Thread>, string][])('of %j is that of %s', (rest, ink) => {
    expect(inkOf(thread(rest), VIEW.now)).toBe(ink);
  });
});

describe('what stands on a thread', () => {
  const marks = (rest: Partial<Thread>): string[] => {
    const one = thread(rest);
    const course = courseOf(one, PLACE, VIEW);
    return course === null ? [] : marksOf(one, course, VIEW).map(({ kind, x }) => `${kind} ${x.toFixed(3)}`);
  };

  it.each([
    ['a step', { knots: [{ kind: 'step', at: 85_000, until: null }] }, ['step 0.537']],
    [
      'nothing that comes later',
      { knots: [{ kind: 'step', at: 105_000, until: null }], to: 110_000 },
      ['head 0.860'],
    ],
    ['nothing out of sight', { from: 30_000, knots: [{ kind: 'step', at: 50_000, until: null }] }, []],
    [
      'a gate that waits',
      { to: null, knots: [{ kind: 'gate', at: 85_000, until: null }] },
      ['gate 0.537', 'head 0.860', 'waiting 0.860'],
    ],
    [
      'a gate that was decided',
      { to: null, knots: [{ kind: 'gate', at: 85_000, until: 90_000 }] },
      ['gate 0.537', 'head 0.860'],
    ],
  ] as [string, Partial<Thread>, string[]][])('is %s', (_, rest, wanted) => {
    expect(marks(rest)).toEqual(wanted);
  });

  it('is larger for a moment when it was just there', () => {
    expect(swellAfter(0)).toBeCloseTo(2.4);
    expect(swellAfter(2_000)).toBeCloseTo(1, 2);
  });

  it('is drawn once where marks of a kind lie on each other', () => {
    const mark = (kind: Mark['kind'], x: number): Mark => ({ kind, x, y: 0, swell: 1 });
    const all = [mark('step', 0.1), mark('step', 0.102), mark('gate', 0.103), mark('step', 0.12)];
    expect(thinned(all, 0.01).map(({ kind, x }) => [kind, x])).toEqual([
      ['step', 0.1],
      ['gate', 0.103],
      ['step', 0.12],
    ]);
  });
});

it('the busiest moment is when most threads go on', () => {
  const times = [
    [0, 10],
    [5, 20],
    [8, 9],
    [30, 40],
  ];
  const threads = times.map(([from = 0, to = 0], i) => thread({ id: `${i}`, from, to }));
  expect(busiestMoment(threads)).toBe(8);
});
