import { describe, expect, it } from '@jest/globals';
import { parseDefinition } from './parse-definition.ts';

describe('the text of a definition', () => {
  it('is read', () => expect(parseDefinition('{"a": 1}')).toEqual({ definition: { a: 1 }, fault: null }));

  it.each([
    ['{\n  "a": ,\n}', { line: 2, column: 8 }],
    ['{', { line: 1, column: 2 }],
    ['', { line: 1, column: 1 }],
    ['{"a": [1, 2,]}', { line: 1, column: 13 }],
    ['{"a": 1} x', { line: 1, column: 10 }],
    ['["a\nb"]', { line: 1, column: 2 }],
    ["{'a': 1}", { line: 1, column: 2 }],
  ])('%j is at fault at %j', (text, place) => expect(parseDefinition(text).fault).toEqual(place));
});
