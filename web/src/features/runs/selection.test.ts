import { describe, expect, it } from '@jest/globals';
import { chosenWith, NOTHING_CHOSEN } from './selection.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'];

/** Presses one after the other: `c` chooses c, `c!` a range up to it. */
function after(presses: string): string {
  const selection = presses
    .split(' ')
    .reduce(
      (now, press) => chosenWith(now, { id: press.charAt(0), isRange: press.endsWith('!') }, ORDER),
      NOTHING_CHOSEN,
    );
  return ORDER.filter((id) => selection.chosen.has(id)).join('');
}

describe('what is chosen', () => {
  it.each([
    ['b', 'b'],
    ['b b', ''],
    ['b d', 'bd'],
    ['b d!', 'bcd'],
    ['d b!', 'bcd'],
    ['b d! e!', 'bcde'],
    ['b d! c!', 'b'],
    ['c!', 'c'],
  ])('after %s is %j', (presses, chosen) => expect(after(presses)).toBe(chosen));
});
