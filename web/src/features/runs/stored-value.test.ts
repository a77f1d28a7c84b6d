import { describe, expect, it } from '@jest/globals';
import { isStored } from './stored-value.ts';

describe('a value', () => {
  it.each<[Parameters<typeof isStored>[0], boolean]>([
    [{ levqor: 'stored', ref: 'x' }, true],
    [{ levqor: 'else' }, false],
    [['stored'], false],
    ['stored', false],
    [null, false],
  ])('%j is kept elsewhere: %j', (value, stored) => expect(isStored(value)).toBe(stored));
});
