import { describe, expect, it } from '@jest/globals';
import { mergeMessages } from './merge-messages.ts';

describe('the texts of a language', () => {
  it('are filled key by key, at any depth', () => {
    const english = { a: 'one', group: { b: 'two', c: 'three' } };
    expect(mergeMessages(english, { group: { c: 'drei' } })).toEqual({
      a: 'one',
      group: { b: 'two', c: 'drei' },
    });
  });
});
