import { describe, expect, it } from '@jest/globals';
import { duplicateKey } from './duplicate-key.ts';
import { readBody } from './read-body.ts';

const read = (text: string | Uint8Array, contentType?: string, contentEncoding?: string) =>
  readBody({ bytes: typeof text === 'string' ? Buffer.from(text) : text, contentType, contentEncoding });
const JSON_TYPE = 'application/json';

describe('readBody', () => {
  it.each([
    ['{"a":[1,"ü"]}', JSON_TYPE, { a: [1, 'ü'] }],
    ['\ufeff{"a":1}', JSON_TYPE, { a: 1 }],
    ['"text"', 'Application/JSON; charset=UTF-8', 'text'],
    ['{"a":1}', 'application/cloudevents+json; charset="utf-8"', { a: 1 }],
    ['a=1&b=2&b=3&c=&d', 'application/x-www-form-urlencoded', { a: '1', b: ['2', '3'], c: '', d: '' }],
    ['a=%7B%22x%22%3A1%7D+y', 'application/x-www-form-urlencoded', { a: '{"x":1} y' }],
    ['{"a":1}', 'text/plain', '{"a":1}'],
    ['<a/>', 'text/xml; charset=us-ascii', '<a/>'],
    ['', undefined, null],
    ['', 'image/png', null],
  ])('reads %p of %p by its type', (text, type, body) => {
    expect(read(text, type)).toEqual({ body });
  });

  it.each([
    ['{"a":1}', undefined, 415, 'content_type'],
    ['{"a":1}', 'application/jsonx', 415, 'content_type'],
    ['{"a":1}', 'multipart/form-data; boundary=x', 415, 'content_type'],
    ['{"a":1}', 'application/octet-stream', 415, 'content_type'],
    ['{"a":1}', 'application/json; charset=utf-16', 415, 'content_type'],
    ['{"a":1', JSON_TYPE, 400, 'body_not_json'],
    ['a=1', JSON_TYPE, 400, 'body_not_json'],
    ['{"a":1,"b":{"c":1,"c":2}}', JSON_TYPE, 400, 'body_key_twice'],
  ])('refuses %p of %p with %i %s', (text, type, status, reason) => {
    expect(read(text, type)).toMatchObject({ status, reason });
  });

  it('refuses what is not UTF-8, and what is packed', () => {
    expect(read(Uint8Array.of(0x22, 0xff, 0x22), JSON_TYPE)).toMatchObject({ reason: 'body_not_utf8' });
    expect(read('{}', JSON_TYPE, 'gzip')).toMatchObject({ status: 415 });
    expect(read('{}', JSON_TYPE, 'identity')).toEqual({ body: {} });
  });

  it('makes the key __proto__ a plain key, for the check of the input to refuse', () => {
    const form = read('__proto__=1', 'application/x-www-form-urlencoded') as { body: object };
    expect(Object.hasOwn(form.body, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });
});

describe('duplicateKey', () => {
  it.each([
    ['{}', null],
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', null],
    ['{"a":"\\"a\\":1,\\"a\\"","b":["a","a"]}', null],
    ['{"a":1, "b":[{}, {"c":[]}], "a":2}', 'a'],
    ['[{"x":{"y":1,"z":"}","y":2}}]', 'y'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"constructor":1,"toString":2}', null],
    ['{"\\\\":1,"b":2,"\\\\":3}', '\\'],
  ])('of %s is %p', (text, key) => {
    JSON.parse(text);
    expect(duplicateKey(text)).toBe(key);
  });

  it('walks a hundred thousand levels', () => {
    expect(duplicateKey('['.repeat(100_000) + ']'.repeat(100_000))).toBeNull();
  });
});
