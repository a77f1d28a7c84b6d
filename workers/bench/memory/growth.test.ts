import { expect, it } from '@jest/globals';
import { byMinute, growth } from './growth.ts';

const samples = (mbOf: (second: number) => number) =>
  Array.from({ length: 180 }, (_, i) => ({ seconds: i * 10, mb: mbOf(i * 10) }));

it('compares minutes 25 to 30 with minutes 5 to 10, whatever came before and between', () => {
  const half = 30 * 60;
  const steady = samples((second) => (second < 300 ? 10 : second < 600 ? 100 : second < 1_500 ? 900 : 108));
  expect(growth(steady, half)).toBeCloseTo(8);
  expect(
    growth(
      samples((second) => 100 + second),
      half,
    ),
  ).toBeGreaterThan(100);
});

it('is refused without samples in both times', () => expect(() => growth([], 1_800)).toThrow(RangeError));

it('a minute is told by its median', () => {
  const minute = [1, 1, 50].map((mb, i) => ({ seconds: i * 20, mb }));
  expect(byMinute([...minute, { seconds: 61, mb: 7 }])).toEqual([1, 7]);
});
