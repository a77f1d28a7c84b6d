import { describe, expect, it } from '@jest/globals';
import type { Mark } from './layout.ts';
import { marksPath, pathOf, rounded } from './svg.ts';

describe('a still picture', () => {
  it('draws a thread as a bow and a line', () => {
    const course = { bowX: 0, startX: 0.3, endX: 0.5, rootY: 0.5, laneY: 0.1, strength: 1, isOpen: true };
    expect(pathOf(course)).toBe('M0 300C120 300 240 60 360 60H600');
  });

  it.each([
    ['step', 'M120 60h0M600 300h0'],
    ['gate', 'M117 60a3 3 0 1 0 6 0a3 3 0 1 0-6 0M597 300a3 3 0 1 0 6 0a3 3 0 1 0-6 0'],
    ['failure', 'M116 56l8 8m0-8l-8 8M596 296l8 8m0-8l-8 8'],
  ] as const)('draws marks of the kind %s as one path', (kind, path) => {
    const marks: Mark[] = [
      { kind, x: 0.1, y: 0.1, swell: 1 },
      { kind, x: 0.5, y: 0.5, swell: 1 },
    ];
    expect(marksPath(kind, marks)).toBe(path);
  });

  it('rounds to a tenth', () => {
    expect([1.04, 1.05, -0.26].map(rounded)).toEqual([1, 1.1, -0.3]);
  });
});
