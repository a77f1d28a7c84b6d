import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isUuid } from './ids.ts';
import { sha256Hex, uuidOf } from './sha256.ts';

describe('sha256Hex', () => {
  it.each(['', 'abc', 'größer 数 😀', 'x'.repeat(10_000)])('agrees with the platform for %p', (text) => {
    expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });
});

describe('uuidOf', () => {
  it('gives the same UUID of version 8 for the same text, and another for another', () => {
    const id = uuidOf('a');
    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe('8');
    expect('89ab').toContain(id[19]);
    expect(uuidOf('a')).toBe(id);
    expect(uuidOf('b')).not.toBe(id);
  });
});
