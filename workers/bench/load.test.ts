import { describe, expect, it } from '@jest/globals';
import { closedLoop, openLoop } from './load.ts';

describe('closedLoop', () => {
  it('does each piece once, never more at once than asked', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    const load = await closedLoop(20, 4, async (index) => {
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
      done.push(index);
    });
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(most).toBe(4);
    expect(load).toMatchObject({ failures: 0, firstFailure: null });
    expect(load.latencies).toHaveLength(20);
    expect(load.perSecond).toBeCloseTo(20 / load.seconds);
  });

  it('counts what failed, and leaves it out of latencies and pace', async () => {
    const load = await closedLoop(10, 2, async (index) => {
      if (index % 5 === 0) throw new Error(`no ${index}`);
    });
    expect(load).toMatchObject({ failures: 2, firstFailure: 'no 0' });
    expect(load.latencies).toHaveLength(8);
  });

  it('fails when nothing worked, so that it cannot pass for quick', () =>
    expect(closedLoop(3, 1, () => Promise.reject(new Error('away')))).rejects.toThrow(
      'Nothing worked: away',
    ));
});

describe('openLoop', () => {
  it('begins the next piece although the one before is not done', async () => {
    let [begun, release] = [0, () => undefined as void];
    const all = new Promise<void>((resolve) => (release = resolve));
    const load = await openLoop(1_000, 0.02, async () => {
      if ((begun += 1) === 20) release();
      await all;
    });
    expect(begun).toBe(20);
    expect(load.latencies).toHaveLength(20);
  });
});
