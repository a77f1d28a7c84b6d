import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../json.ts';
import { checkInput } from './check-input.ts';
import { checkInputSchema } from './check-input-schema.ts';

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  ...more,
});

describe('checkInput', () => {
  it.each<[string, Json, Json, Json[]]>([
    ['a type', { type: 'string' }, ['a', ''], [1, null, [], {}]],
    ['a whole number', { type: 'integer' }, [1, 1.0, -3], [1.5, '1']],
    ['one of several types', { type: ['string', 'null'] }, ['a', null], [1]],
    ['an enum', { enum: ['a', { b: [1] }, null] }, ['a', { b: [1] }, null], ['b', { b: [2] }]],
    ['a const', { const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [{ a: 1 }]],
    ['a const beside an enum', { enum: [1, 2], const: 1 }, [1], [2, 3]],
    ['a const of null', { const: null }, [null], [0]],
    ['a range', { minimum: 1, maximum: 3 }, [1, 3, 'x'], [0, 4]],
    ['an open range', { exclusiveMinimum: 1, exclusiveMaximum: 3 }, [2], [1, 3]],
    ['a multiple', { multipleOf: 0.1 }, [0.3, 1], [0.35]],
    ['a length in characters', { minLength: 2, maxLength: 2 }, ['ab', '😀é', 5], ['a', '😀', 'abc']],
    ['a pattern, found anywhere', { pattern: '^[A-Z]{2}\\d+' }, ['AB1', 'AB12x'], ['ab1', 'xAB1']],
    [
      'required fields',
      object({}, { required: ['a', 'toString'] }),
      [{ a: null, toString: 1 }],
      [{ a: 1 }, {}],
    ],
    ['required fields without a type', { required: ['a'] }, [{ a: 1 }, 'text'], [{}]],
    ['a field', object({ a: { type: 'number' } }), [{}, { a: 1 }, { b: 'x' }], [{ a: 'x' }]],
    [
      'no other fields',
      object({ a: true }, { additionalProperties: false }),
      [{ a: 1 }],
      [{ a: 1, constructor: 1 }],
    ],
    [
      'other fields of a type',
      object({ a: true }, { additionalProperties: { type: 'number' } }),
      [{ a: 'x', b: 1 }],
      [{ b: 'x' }],
    ],
    ['field names', { propertyNames: { maxLength: 1 } }, [{ a: 1 }], [{ ab: 1 }]],
    ['a count of fields', { minProperties: 1, maxProperties: 1 }, [{ a: 1 }], [{}, { a: 1, b: 1 }]],
    ['entries', { items: { type: 'number' } }, [[], [1]], [['x']]],
    ['first entries', { prefixItems: [{ type: 'number' }], items: false }, [[], [1]], [['x'], [1, 2]]],
    ['a count of entries', { minItems: 1, maxItems: 1 }, [[1]], [[], [1, 2]]],
    [
      'different entries',
      { uniqueItems: true },
      [[1, '1', { a: 1 }]],
      [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      ],
    ],
    ['all of', { allOf: [{ type: 'string' }, { minLength: 2 }] }, ['ab'], ['a', 5]],
    ['any of', { anyOf: [{ type: 'string' }, { minimum: 2 }] }, ['a', 2], [1]],
    ['one of', { oneOf: [{ type: 'integer' }, { minimum: 2 }] }, [1, 2.5], [3, 1.5]],
    ['not', { not: { type: 'string' } }, [1], ['a']],
    [
      'if, then, else',
      { if: { type: 'string' }, then: { minLength: 2 }, else: { const: 1 } },
      ['ab', 1],
      ['a', 2],
    ],
    ['true and false', object({ a: true, b: false }), [{ a: 1 }], [{ b: 1 }]],
    ['an e-mail address', { format: 'email' }, ['ada@example.com', 5], ['ada']],
    [
      'a time',
      { format: 'date-time' },
      ['2027-01-31T09:00:00Z', '2027-01-31T09:00:00+05:30'],
      ['2027-02-30T09:00:00Z', 'now'],
    ],
    ['a date', { format: 'date' }, ['2028-02-29'], ['2027-02-29']],
    ['a time of day', { format: 'time' }, ['09:00:00Z'], ['25:00:00Z']],
    ['a UUID', { format: 'uuid' }, ['7d0c1f3e-0000-4000-8000-000000000000'], ['7d0c']],
    ['a URI', { format: 'uri' }, ['https://example.com/a?b', 'urn:x:y'], ['/a', 'a b']],
    [
      'addresses of machines',
      { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
      ['10.0.0.1', '::1'],
      ['10.0.0.256'],
    ],
    ['a host name', { format: 'hostname' }, ['a.example'], ['-a..b']],
    ['a format that it does not know, as a comment', { format: 'credit-card' }, ['x'], []],
  ])('checks %s', (...[_, schema, good, bad]) => {
    expect((good as Json[]).flatMap((value) => checkInput(schema, value))).toEqual([]);
    for (const value of bad) expect(checkInput(schema, value)).not.toEqual([]);
  });

  it('names the field and says what to do', () => {
    const schema = object({
      to: { type: 'array', items: object({ 'a/b': { type: 'string' } }, { required: ['n'] }) },
    });
    expect(checkInput(schema, { to: [{ n: 1 }, { 'a/b': 5 }] })).toEqual([
      { path: '/to/1/n', message: '"n" is missing. Add it.' },
      { path: '/to/1/a~1b', message: '"a/b" must be text.' },
    ]);
    expect(checkInput({ type: 'object' }, 5)).toEqual([
      { path: '', message: 'The input must be an object.' },
    ]);
  });

  it('fails closed on a schema with faults, and on too much', () => {
    expect(checkInput({ type: 'sting' }, 'x')).toHaveLength(1);
    let deep: Json = 1;
    for (let i = 0; i < 50_000; i++) deep = [deep];
    expect(checkInput({}, deep)).toHaveLength(1);
    expect(checkInput(deep, 1)).toHaveLength(1);
    const wide = { items: { anyOf: Array.from({ length: 1_500 }, () => ({ type: 'string' })) } };
    expect(
      checkInput(
        wide,
        Array.from({ length: 2_000 }, () => 1),
      ),
    ).toEqual([{ path: '', message: 'The input is too large to be checked. Send less at a time.' }]);
  });

  it('is quick with a pattern that is slow elsewhere', () => {
    const begin = performance.now();
    expect(checkInput({ pattern: '^(a+)+$' }, `${'a'.repeat(10_000)}!`)).toHaveLength(1);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (schema, value) =>
        Array.isArray(checkInput(schema as Json, value as Json)),
      ),
    );
  });
});

describe('checkInputSchema', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['no schema', 5, '', /object, true or false/],
    ['an unknown word', { typo: 1 }, '/typo', /Did you mean "type"/],
    ['a reference', { $ref: '#/$defs/a' }, '/$ref', /in its place/],
    [
      'an unknown type',
      { properties: { a: { type: 'sting' } } },
      '/properties/a/type',
      /Did you mean "string"/,
    ],
    ['no type at all', { type: [] }, '/type', /Use one of/],
    ['old exclusiveMinimum', { exclusiveMinimum: true }, '/exclusiveMinimum', /a number/],
    ['a negative count', { minItems: -1 }, '/minItems', /whole number/],
    ['a zero multiple', { multipleOf: 0 }, '/multipleOf', /above 0/],
    ['required as true', { required: true }, '/required', /list of names/],
    ['an empty enum', { enum: [] }, '/enum', /at least one/],
    ['an empty anyOf', { anyOf: [] }, '/anyOf', /at least one/],
    ['properties as a list', { properties: [] }, '/properties', /each name/],
    ['a look-ahead', { pattern: '(?=a)' }, '/pattern', /Look-arounds/],
    ['a back-reference', { pattern: '(a)\\1' }, '/pattern', /back-references/],
    ['a broken pattern', { pattern: '(' }, '/pattern', /cannot be used/],
    ['a long pattern', { pattern: 'a'.repeat(201) }, '/pattern', /200 characters/],
    ['too many schemas', { anyOf: Array.from({ length: 2_001 }, () => true) }, '', /2000 schemas/],
  ])('refuses %s', (...[_, schema, path, message]) => {
    expect(checkInputSchema(schema)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it('refuses a schema nested too deep', () => {
    let schema: JsonObject = {};
    for (let i = 0; i < 40; i++) schema = { items: schema };
    expect(checkInputSchema(schema)).toHaveLength(1);
  });
});
