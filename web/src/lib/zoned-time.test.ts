import { describe, expect, test } from '@jest/globals';
import { localIn, momentIn } from './zoned-time.ts';

describe('local times of a zone', () => {
  test.each([
    ['UTC', '2026-03-01T09:30', '2026-03-01T09:30:00.000Z'],
    ['Europe/Berlin', '2026-03-01T09:30', '2026-03-01T08:30:00.000Z'],
    ['Europe/Berlin', '2026-07-01T09:30', '2026-07-01T07:30:00.000Z'],
    ['Asia/Kolkata', '2026-03-01T00:00', '2026-02-28T18:30:00.000Z'],
    ['America/St_Johns', '2026-01-01T12:00', '2026-01-01T15:30:00.000Z'],
    // Clocks go back: the time comes twice, and the first one is meant.
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
  ])('%s %s is %s', (zone, local, moment) => {
    expect(momentIn(zone, local)).toBe(moment);
    expect(localIn(zone, moment)).toBe(local);
  });

  test('a time that clocks leave out is as much later', () => {
    expect(momentIn('Europe/Berlin', '2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(localIn('Europe/Berlin', '2026-03-29T01:30:00.000Z')).toBe('2026-03-29T03:30');
  });

  test.each(['', 'soon', '2026-13-01T00:00', '2026-03-01', '2026-03-01T09:30Z'])('%j is no time', (local) => {
    expect(momentIn('UTC', local)).toBeNull();
  });
});
