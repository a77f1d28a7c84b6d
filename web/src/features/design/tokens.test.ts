import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { COLOURS, CORNERS, SIZES } from './tokens.ts';

const read = (file: string) => readFileSync(new URL(`../../app/${file}`, import.meta.url), 'utf8');
const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);

describe('the design page shows', () => {
  it('each colour', () => {
    expect(COLOURS).toEqual(named(read('tokens.css'), /--([\w-]+): (?:light-dark\(oklch|var)/g));
  });

  it('each size of text and each corner', () => {
    const theme = read('globals.css');
    expect(SIZES).toEqual(named(theme, /--(text-\d+): /g));
    expect(CORNERS).toEqual(
      named(theme, /--(radius-\d): /g).map((name) => name?.replace('radius', 'rounded')),
    );
  });
});
