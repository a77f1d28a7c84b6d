import { describe, expect, it } from '@jest/globals';
import { parseValue } from 'graphql';
import { DateTimeScalar, JsonScalar } from './scalars.ts';

const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

describe('JSON', () => {
  it.each([null, true, 0, -1.5, 'text', [1, [2]], { a: { b: null } }, nested(64)])(
    'takes %j as a variable',
    (value) => {
      expect(JsonScalar.parseValue(value)).toEqual(value);
    },
  );

  it('takes a literal with variables inside', () => {
    const literal = parseValue('{ a: [1, 2.5, "x", true, null, RED], b: { c: $given } }');
    expect(JsonScalar.parseLiteral(literal, { given: { d: 1 } })).toEqual({
      a: [1, 2.5, 'x', true, null, 'RED'],
      b: { c: { d: 1 } },
    });
  });

  it.each([
    ['nesting', nested(129), 'nested 128 levels deep'],
    ['a zero character', { a: ['x\0'] }, 'a.0: a text cannot hold the character with code 0'],
    ['a zero character in a key', { 'k\0': 1 }, 'character with code 0'],
    ['a lone surrogate', { a: '\ud800' }, 'a: a text holds half of a character'],
    ['an infinite number', { a: Infinity }, 'a: this number is too large'],
    ['__proto__', JSON.parse('{"a":{"__proto__":{"admin":true}}}'), 'a: a field cannot be named __proto__'],
  ])('refuses %s', (_, value, message) => {
    expect(() => JsonScalar.parseValue(value)).toThrow(message);
  });

  it.each([
    ['__proto__', '{ __proto__: { admin: true } }', '__proto__'],
    ['an infinite number', '1e999', 'too large'],
    ['nesting', '['.repeat(140) + ']'.repeat(140), 'nested 128 levels'],
  ])('refuses %s in a literal', (_, literal, message) => {
    expect(() => JsonScalar.parseLiteral(parseValue(literal), {})).toThrow(message);
  });
});

describe('DateTime', () => {
  it('writes dates, ISO texts and milliseconds as ISO', () => {
    const iso = '2026-11-23T09:30:00.000Z';
    for (const value of [new Date(iso), iso, Date.parse(iso)])
      expect(DateTimeScalar.serialize(value)).toBe(iso);
  });

  it('reads ISO texts with a time zone', () => {
    expect(DateTimeScalar.parseValue('2026-11-23T10:30:00+01:00')).toEqual(new Date('2026-11-23T09:30:00Z'));
  });

  it.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])('reads %j', (value) => {
    expect(DateTimeScalar.parseValue(value)).toEqual(new Date(value));
  });

  it.each([
    ...['yesterday', '2026-11-23', '2026-11-23T09:30:00', '2026-13-01T00:00:00Z', 5, null, {}],
    // The database knows no year 0.
    ...['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-05:00'],
  ])('refuses %j', (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow('Write it like');
  });
});
