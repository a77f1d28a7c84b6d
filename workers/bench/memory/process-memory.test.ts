import { describe, expect, it } from '@jest/globals';
import { memoryIn, parentIn, partsOf } from './process-memory.ts';

describe('what /proc tells', () => {
  it('is read although the name of a process holds brackets and spaces', () => {
    expect(parentIn('42 (node (old) x) S 17 42 42 0 -1 4194560')).toBe(17);
    expect(parentIn('')).toBeNull();
  });

  it('is memory in MiB', () => {
    const rollup =
      '5581-7ffd ---p 00000000 00:00 0 [rollup]\nRss:   204800 kB\nPss:   102400 kB\nPss_Dirty: 5 kB\n';
    expect(memoryIn(rollup)).toEqual({ rss: 200, pss: 100 });
    expect(() => memoryIn('')).toThrow('no smaps_rollup');
  });
});

describe('the parts of a platform', () => {
  // npm 1 → shell 2 → launcher 3 → postgres 4 → backends 5, 6; worker 7; a stranger 9 below 8.
  const parents = new Map([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 4],
    [6, 4],
    [7, 3],
    [8, 0],
    [9, 8],
  ]);

  it('hold what descends from them; what is above is npm, strangers are none', () => {
    expect(Object.fromEntries(partsOf(1, { launcher: 3, postgres: 4, worker: 7 }, parents))).toEqual({
      npm: [1, 2],
      launcher: [3],
      postgres: [4, 5, 6],
      worker: [7],
    });
  });
});
