import { describe, expect, it } from '@jest/globals';
import { waitWords } from './wait-words.ts';

describe('what a step waits for', () => {
  it.each([
    ['time', 'time', ''],
    ['approval, class B', 'approval', 'B'],
    ['event order paid', 'event', 'order paid'],
    ['rate limit of connection shop', 'limit', 'shop'],
    ['something new', 'other', 'something new'],
  ])('%j is read', (text, kind, name) => expect(waitWords(text)).toEqual({ kind, name }));
});
