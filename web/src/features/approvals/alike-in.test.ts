import { describe, expect, it } from '@jest/globals';
import { alikeIn } from './alike-in.ts';

const request = (contentHash: string | null, canDecide = true) => ({
  ...{ contentHash, canDecide, title: `Ask ${contentHash ?? 'alone'}` },
});

describe('requests that ask for the same', () => {
  it('are found when there are two and more that can be decided', () => {
    const list = [request('b'), request('a'), request('c'), request('a'), request('b'), request('a')];
    expect(alikeIn(list)).toEqual([
      { contentHash: 'b', title: 'Ask b', count: 2 },
      { contentHash: 'a', title: 'Ask a', count: 3 },
    ]);
  });

  it('are none without a hash, or when somebody else must decide', () => {
    expect(alikeIn([request(null), request(null), request('a'), request('a', false)])).toEqual([]);
  });
});
