import { describe, expect, it } from '@jest/globals';
import { MAX_ATTEMPTS, retryWait } from './retry-schedule.ts';

describe('retryWait', () => {
  it.each([
    { number: 1, retryAfterSeconds: null, random: 0, wait: 5 },
    { number: 1, retryAfterSeconds: null, random: 1, wait: 5.5 },
    { number: 2, retryAfterSeconds: null, random: 0, wait: 300 },
    { number: 2, retryAfterSeconds: 120, random: 0, wait: 300 },
    { number: 2, retryAfterSeconds: 900, random: 0, wait: 900 },
    { number: 3, retryAfterSeconds: 999_999, random: 0, wait: 86_400 },
    { number: 9, retryAfterSeconds: null, random: 0, wait: 86_400 },
    { number: 10, retryAfterSeconds: null, random: 0, wait: null },
    { number: 10, retryAfterSeconds: 60, random: 0, wait: null },
  ])('attempt $number, asked for $retryAfterSeconds: $wait', ({ wait, ...attempt }) => {
    expect(retryWait(attempt)).toEqual(wait);
  });

  it('gives up after about three days', () => {
    const waits = Array.from({ length: MAX_ATTEMPTS }, (_, i) =>
      retryWait({ number: i + 1, retryAfterSeconds: null, random: 0 }),
    );
    expect(waits.at(-1)).toBeNull();
    const hours = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 3_600;
    expect(hours).toBeGreaterThan(72);
    expect(hours).toBeLessThan(80);
  });
});
