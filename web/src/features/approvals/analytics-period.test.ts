import { describe, expect, it } from '@jest/globals';
import { hasOwnDays, spanOf, wantedPeriod, weeksIn } from './analytics-period.ts';

const now = Date.parse('2026-11-30T17:00:00Z');

describe('the period of the figures', () => {
  it('is a quarter unless the address says something that is known', () => {
    expect(wantedPeriod({}).weeks).toBe('13');
    expect(wantedPeriod({ weeks: '7' }).weeks).toBe('13');
    expect(wantedPeriod({ weeks: '4' }).weeks).toBe('4');
  });

  it('has whole weeks up to now, and as many before', () => {
    expect(spanOf(wantedPeriod({ weeks: '4' }), { zone: 'Asia/Tokyo', now })).toEqual({
      before: '2026-10-12T00:00:00.000Z',
      from: '2026-11-09T00:00:00.000Z',
      to: '2026-11-30T17:00:00.000Z',
    });
  });

  it('may be days of the time zone, the last one whole', () => {
    const wanted = wantedPeriod({ from: '2026-11-02', until: '2026-11-03' });
    expect(spanOf(wanted, { zone: 'Asia/Tokyo', now })).toEqual({
      before: '2026-10-30T15:00:00.000Z',
      from: '2026-11-01T15:00:00.000Z',
      to: '2026-11-03T15:00:00.000Z',
    });
  });

  it.each([
    [{ from: '2026-11-02' }, false],
    [{ until: '2026-11-02' }, false],
    [{ from: '2026-11-03', until: '2026-11-02' }, false],
    [{ from: 'yesterday', until: 'zoo' }, false],
    [{ from: '2026-11-02', until: '2026-11-02' }, true],
  ])('of %j are days of its own: %s', (params, has) => {
    expect(hasOwnDays(wantedPeriod(params))).toBe(has);
  });
});

describe('the weeks of a period', () => {
  it.each([
    ['2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z', ['2026-W48']],
    ['2026-11-29T23:59:59Z', '2026-11-30T00:00:01Z', ['2026-W48', '2026-W49']],
    ['2026-12-28T00:00:00Z', '2027-01-05T00:00:00Z', ['2026-W53', '2027-W01']],
    ['2024-12-30T00:00:00Z', '2024-12-31T00:00:00Z', ['2025-W01']],
  ])('from %s to %s', (from, to, keys) => {
    expect(weeksIn({ from, to }).map(({ key }) => key)).toEqual(keys);
  });

  it('begin on Mondays in UTC', () => {
    const [week] = weeksIn({ from: '2026-11-26T12:00:00Z', to: '2026-11-27T00:00:00Z' });
    expect(new Date(week?.start ?? 0).toISOString()).toBe('2026-11-23T00:00:00.000Z');
  });
});
