import { describe, expect, it } from '@jest/globals';
import { oneIn, textIn, withQuery } from './search-params.ts';

describe('the query of an address', () => {
  it('gives its first text, and nothing for an empty one', () => {
    expect(textIn({ a: ['1', '2'] }, 'a')).toBe('1');
    expect([textIn({ a: '' }, 'a'), textIn({}, 'a')]).toEqual([undefined, undefined]);
  });

  it('gives known values only', () => {
    expect(oneIn({ status: 'FAILED' }, 'status', ['FAILED', 'RUNNING'])).toBe('FAILED');
    expect(oneIn({ status: 'x' }, 'status', ['FAILED', 'RUNNING'])).toBeUndefined();
  });

  it('is written without what is missing', () => {
    expect(withQuery('/runs', { a: '1 2', b: undefined })).toBe('/runs?a=1+2');
    expect(withQuery('/runs', { a: undefined })).toBe('/runs');
  });
});
