import { describe, expect, it } from '@jest/globals';
import { timeScale } from './time-scale.ts';

describe('the time of a run', () => {
  it('is even where nothing waits long', () => {
    const { at, waits } = timeScale(
      [
        { from: 0, to: 60 },
        { from: 70, to: 100 },
      ],
      { from: 0, to: 100 },
    );
    expect([0, 50, 100].map(at)).toEqual([0, 0.5, 1]);
    expect(waits).toEqual([]);
  });

  it('shortens a long wait, so that the work beside it is seen', () => {
    const { at, waits } = timeScale(
      [
        { from: 0, to: 100 },
        { from: 86_400_000, to: 86_400_100 },
      ],
      {
        from: 0,
        to: 86_400_100,
      },
    );
    expect(at(100)).toBeCloseTo(0.446, 2);
    expect(at(86_400_000)).toBeCloseTo(0.554, 2);
    expect(waits).toMatchObject([{ ms: 86_399_900 }]);
  });

  it('runs forward only, within its line', () => {
    const { at } = timeScale(
      [
        { from: 5, to: 6 },
        { from: 500, to: 700 },
        { from: 600, to: 650 },
      ],
      { from: 0, to: 9_000 },
    );
    const places = Array.from({ length: 100 }, (_, i) => at(i * 91));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect([at(-5), at(0), at(9_000)]).toEqual([0, 0, 1]);
  });

  it('is even where a wait is all that there was', () => {
    const { at, waits } = timeScale([{ from: 0, to: 0 }], { from: 0, to: 4_000 });
    expect([0, 2_000, 4_000].map(at)).toEqual([0, 0.5, 1]);
    expect(waits).toEqual([]);
  });

  it('has room for a run in which nothing was done yet', () => {
    expect(timeScale([], { from: 0, to: 1_000 }).at(500)).toBeGreaterThan(0);
    expect(timeScale([], { from: 0, to: 0 }).at(0)).toBe(0);
  });
});
