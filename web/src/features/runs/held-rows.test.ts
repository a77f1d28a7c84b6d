import { describe, expect, it } from '@jest/globals';
import { heldRows, newRows } from './held-rows.ts';

/** `3` is a row that came at 3; `3x` the same, changed since. */
const rows = (text: string) =>
  text.split(' ').flatMap((one) => (one === '' ? [] : [{ id: one.charAt(0), at: one.charAt(0), text: one }]));
const texts = (list: readonly { text: string }[]) => list.map(({ text }) => text).join(' ');

describe('a list that is read anew', () => {
  it.each([
    ['3 2 1', '3 2 1', false, '3 2 1', ''],
    ['3 2 1', '3x 2 1', false, '3x 2 1', ''],
    ['3 2 1', '5 4 3 2 1', false, '3 2 1', '5 4'],
    ['3 2 1', '5 4 3x', true, '3x 2 1', '5 4'],
    ['3 2 1', '9 8 7', true, '3 2 1', '9 8 7'],
    ['3 2 1', '3 1', false, '3 1', ''],
    ['3 2 1', '3 1', true, '3 1', ''],
    ['3 1', '3 2 1', false, '3 1', '2'],
    ['', '2 1', false, '2 1', ''],
    ['2 1', '', false, '', ''],
  ])(
    'with %j shown and %j read (more: %j) shows %j and keeps %j for later',
    (shown, read, more, stays, later) => {
      const held = heldRows(rows(shown), rows(read), more);
      expect(texts(held)).toBe(stays);
      expect(texts(newRows(held, rows(read)))).toBe(later);
    },
  );
});
