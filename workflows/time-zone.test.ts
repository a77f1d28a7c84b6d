import { expect, it } from '@jest/globals';
import { isTimeZone } from './time-zone.ts';

it.each([
  ['UTC', true],
  ['Europe/London', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Asia/Kolkata', true],
  ['Etc/GMT+5', true],
  ['europe/london', false],
  ['EUROPE/LONDON', false],
  ['Europe/Atlantis', false],
  ['+01:00', false],
  ['', false],
  ['Europe/London ', false],
])('%j is a time zone: %s', (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});
