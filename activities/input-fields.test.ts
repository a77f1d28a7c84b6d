import { describe, expect, it } from '@jest/globals';
import { idField, jsonObjectField, numberField, textField } from './input-fields.ts';

describe('textField', () => {
  it.each([
    [' a ', 'a'],
    ['日本語 😀', '日本語 😀'],
    ['two\nlines', 'two\nlines'],
  ])('takes %j', (given, kept) => {
    expect(textField(20).parse(given)).toBe(kept);
  });

  it.each(['', '  ', 'x'.repeat(21), 'a\u0000', '\ud800', '\udc00x', 5, null])('refuses %j', (given) => {
    expect(textField(20).safeParse(given).success).toBe(false);
  });
});

describe('jsonObjectField', () => {
  const field = jsonObjectField({ bytes: 100, depth: 3 });
  const problem = (given: unknown) => field.safeParse(given).error?.issues[0]?.message ?? null;

  it.each([{}, { a: [1, { b: null }] }, { a: '\\u0000 \\\\ud800' }, { ключ: '😀' }])('takes %j', (given) => {
    expect(problem(given)).toBeNull();
  });

  it.each([
    [[], /JSON object/],
    [null, /JSON object/],
    [{ a: { b: { c: { d: {} } } } }, /too deep/],
    [{ a: 'é'.repeat(60) }, /too large/],
    [{ a: Number.POSITIVE_INFINITY }, /numbers/],
    [{ a: 'x\u0000' }, /cannot be stored/],
    [{ a: '\\\ud800' }, /cannot be stored/],
    [{ '\udfff': 1 }, /cannot be stored/],
    [JSON.parse('{"a":[{"__proto__":1}]}'), /__proto__/],
  ])('refuses %j', (given, message) => {
    expect(problem(given)).toMatch(message);
  });
});

describe('idField and numberField', () => {
  it('take what the database can look up', () => {
    expect(idField.safeParse('0b6c1f0e-1111-4222-8333-444455556666').success).toBe(true);
    for (const id of ['', 'x', '0B6C1F0E-1111-4222-8333-444455556666', "' OR 1=1"])
      expect(idField.safeParse(id).success).toBe(false);
    expect(numberField.safeParse(2_147_483_647).success).toBe(true);
    for (const number of [0, -1, 1.5, 2_147_483_648, Number.NaN, '1'])
      expect(numberField.safeParse(number).success).toBe(false);
  });
});
