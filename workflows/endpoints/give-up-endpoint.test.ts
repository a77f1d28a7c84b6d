import { describe, expect, it } from '@jest/globals';
import { isToBeGivenUp } from './give-up-endpoint.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const hoursAgo = (hours: number) => NOW - hours * 3_600_000;

describe('isToBeGivenUp', () => {
  it.each([
    { what: 'nothing failed', failingSince: null, lostDeliveries: 0, off: false },
    {
      what: 'something failed long before the last success',
      failingSince: null,
      lostDeliveries: 9,
      off: false,
    },
    { what: 'all failed for an hour', failingSince: hoursAgo(1), lostDeliveries: 50, off: false },
    { what: 'all failed for nearly five days', failingSince: hoursAgo(119.9), lostDeliveries: 3, off: false },
    { what: 'all failed for five days', failingSince: hoursAgo(120), lostDeliveries: 3, off: true },
    { what: 'two deliveries failed in a month', failingSince: hoursAgo(720), lostDeliveries: 2, off: false },
    { what: 'three deliveries failed in a month', failingSince: hoursAgo(720), lostDeliveries: 3, off: true },
    { what: 'the clock was set back', failingSince: hoursAgo(-5), lostDeliveries: 3, off: false },
  ])('$what: $off', ({ failingSince, lostDeliveries, off }) => {
    expect(isToBeGivenUp({ failingSince, lostDeliveries }, NOW)).toBe(off);
  });
});
