import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../graphql/graphql.ts';
import { jsonDifferences } from './json-differences.ts';

const places = (left: Json, right: Json, max = 10) =>
  jsonDifferences(left, right, max).map(({ pointer }) => pointer);

describe('the differences of two values', () => {
  it.each<[Json, Json, string[]]>([
    [1, 1, []],
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    [1, '1', ['']],
    [null, {}, ['']],
    [[1], { 0: 1 }, ['']],
    [{ a: 1, b: 2 }, { b: 3, c: 4 }, ['/a', '/b', '/c']],
    [{ list: [1, 2] }, { list: [1, 3, 4] }, ['/list/1', '/list/2']],
    [{ 'a/b~': 1 }, { 'a/b~': 2 }, ['/a~1b~0']],
  ])('of %j and %j stand at %j', (left, right, pointers) => expect(places(left, right)).toEqual(pointers));

  it('tell both sides, and nothing where there is nothing', () => {
    expect(jsonDifferences({ a: 1 }, { b: null }, 10)).toEqual([
      { pointer: '/a', left: 1, right: undefined },
      { pointer: '/b', left: undefined, right: null },
    ]);
  });

  it('end at so many', () => {
    const [left, right] = [0, 1].map((value) => Array.from({ length: 100 }, () => value)) as [Json, Json];
    expect(places(left, right, 3)).toEqual(['/0', '/1', '/2']);
  });
});
