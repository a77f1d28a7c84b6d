import { describe, expect, it } from '@jest/globals';
import { nextAddress } from './next-address.ts';

describe('the page after signing in', () => {
  it('is the one that was asked for', () => {
    expect(nextAddress('/de/runs/run_1?step=a', 'de')).toBe('/de/runs/run_1?step=a');
  });

  it.each([
    undefined,
    '',
    'https://attacker.example',
    '//attacker.example',
    '/\\attacker.example',
    '\\\\a',
    '/a\nb',
  ])('is the start page instead of %j', (asked) => expect(nextAddress(asked, 'en')).toBe('/en/runs'));
});
