import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../json.ts';
import { createExpressions, ExpressionError, weigh } from './index.ts';

const scope: JsonObject = {
  input: { name: 'Ada', items: [1, 2, 3], empty: [], nothing: null, order: { qty: 2, price: 4.5 } },
  steps: { 'give-up': { output: 'gone' }, a: { output: { body: { amount: 120 } } } },
  run: { id: 'r1' },
};

describe('evaluate', () => {
  const cases: [string, Json][] = [
    ['input.name', 'Ada'],
    ['input.order.(qty * price)', 9],
    ['steps.a.output.body.amount > 100', true],
    ["steps.'give-up'.output", 'gone'],
    ['steps.`give-up`.output', 'gone'],
    ['input.missing', null],
    ['input.nothing', null],
    ['input.items[$ > 1]', [2, 3]],
    ['input.items[$ > 2]', 3],
    ['input.empty', []],
    ['input.empty{"count": 1}', { count: 1 }],
    ['$map(input.items, function($v, $i) { $v * $i })', [0, 2, 6]],
    ['$filter(input.items, function($v) { $v > 1 })', [2, 3]],
    ['$reduce(input.items, function($a, $b) { $a + $b })', 6],
    ['$sort(input.items, function($l, $r) { $l < $r })', [3, 2, 1]],
    ['$merge([{"a": 1}, {"b": 2}])', { a: 1, b: 2 }],
    ['{"constructor": 1, "prototype": 2}', { constructor: 1, prototype: 2 }],
    ['$substring(?, 0, 2)(input.name)', 'Ad'],
    ['input.name ~> $uppercase() ~> $length()', 3],
    ['$replace("a1b22", /(\\d+)/, "<$1>")', 'a<1>b<22>'],
    ['$match("a1b22", /[a-z](\\d+)/).groups', ['1', '22']],
    ['$split("a, b;c", /[,;]\\s*/)', ['a', 'b', 'c']],
    ['$base64encode("héllo")', 'aOlsbG8='],
    ['$base64decode("aGVsbG8=")', 'hello'],
    ['$encodeUrlComponent("a b&c")', 'a%20b%26c'],
    ['$fromMillis(0)', '1970-01-01T00:00:00.000Z'],
    ['$fromMillis(1767312000000, "[D1o] [MNn] [Y0001]", "+0100")', '2nd January 2026'],
    ['$toMillis("2026-01-02T00:00:00")', 1767312000000],
    ['$toMillis("02.01.2026", "[D01].[M01].[Y0001]")', 1767312000000],
    ['$toMillis("20260102", "[Y0001][M01][D01]")', 1767312000000],
    ['$formatNumber(1234567.891, "#,##0.00")', '1,234,567.89'],
    ['$formatInteger(14, "i")', 'xiv'],
    ['$pad("7", -3, "0")', '007'],
    ['$distinct([1, "1", 1, {"a": 1, "b": 2}, {"b": 2, "a": 1}])', [1, '1', { a: 1, b: 2 }]],
    ['$max([3, 9, 2]) - $min([3, 9, 2])', 7],
    ['-0', 0],
    ['input ~> |order|{"qty": 5}, "price"|', { ...(scope['input'] as JsonObject), order: { qty: 5 } }],
  ];
  it.each(cases)('%s', (source, expected) => {
    expect(createExpressions().evaluate(source, scope)).toEqual(expected);
  });

  it('leaves the scope as it was', () => {
    const before = JSON.stringify(scope);
    for (const [source] of cases) createExpressions().evaluate(source, scope);
    expect(JSON.stringify(scope)).toBe(before);
  });

  it('gives results that share nothing with the scope or with themselves', () => {
    const result = createExpressions().evaluate('($o := input.order; [$o, $o])', scope) as JsonObject[];
    expect(result[0]).not.toBe(result[1]);
    expect(result[0]).not.toBe((scope['input'] as JsonObject)['order']);
    expect(Object.getPrototypeOf(result[0])).toBe(Object.prototype);
  });

  it('gives one time for all of an expression', () => {
    expect(createExpressions().evaluate('$now() = $fromMillis($millis())', {})).toBe(true);
  });
});

describe('render', () => {
  const cases: [Json, Json][] = [
    ['plain', 'plain'],
    ['{{ input.items }}', [1, 2, 3]],
    ['  {{ input.items }}\n', [1, 2, 3]],
    ['Hi {{ input.name }}!', 'Hi Ada!'],
    ['[{{ input.nothing }}][{{ input.missing }}]', '[][]'],
    ['o={{ input.order }} n={{ 1.5 }} b={{ true }}', 'o={"qty":2,"price":4.5} n=1.5 b=true'],
    ['{{ input.name }}{{ input.name }}', 'AdaAda'],
    [{ '{{ key }}': ['{{ input.name }}', 1, null] }, { '{{ key }}': ['Ada', 1, null] }],
    ["{{ { 'a': { 'b': '}}' } } }}", { a: { b: '}}' } }],
  ];
  it.each(cases)('%j', (template, expected) => {
    expect(createExpressions().render(template, scope)).toEqual(expected);
  });

  it('bounds the cost of all expressions of one template together', () => {
    const expressions = createExpressions({ renderCost: 500 });
    const template = Array.from({ length: 100 }, () => '{{ $sum(input.items) }}');
    expect(refusal(() => expressions.render(template, scope)).reason).toBe('cost');
    expect(expressions.render(template.slice(0, 10), scope)).toHaveLength(10);
  });

  it('bounds the size of the whole output', () => {
    const expressions = createExpressions({ weight: 1_000 });
    const template = Array.from({ length: 100 }, () => '{{ [1..20] }}');
    expect(refusal(() => expressions.render(template, scope)).reason).toBe('value_too_large');
    expect(
      refusal(() => createExpressions().render('{{ $pad("", 200000) }}-{{ $pad("", 200000) }}', {})).reason,
    ).toBe('string_too_long');
  });

  it('refuses a key __proto__ in the template', () => {
    const template = JSON.parse('{ "__proto__": "{{ 1 }}" }') as Json;
    expect(refusal(() => createExpressions().render(template, {})).reason).toBe('forbidden_key');
  });
});

describe('counting', () => {
  it('counts the same for the same work, and again from 0 after resetSpent', () => {
    const [one, other] = [createExpressions(), createExpressions()];
    one.evaluate('$sum(input.items)', scope);
    expect(other.spent).toBe(0);
    other.evaluate('$sum(input.items)', scope);
    expect(other.spent).toBe(one.spent);
    expect(one.spent).toBeGreaterThan(0);
    one.resetSpent();
    expect(one.spent).toBe(0);
    one.evaluate('$sum(input.items)', scope);
    expect(one.spent).toBe(other.spent);
  });

  it('keeps nothing of one run for another', () => {
    const [one, other] = [createExpressions(), createExpressions()];
    expect(refusal(() => one.evaluate('($sum := 1; $f := $count; $f(1, 2))', {})).reason).toBe('type');
    expect(refusal(() => other.evaluate('$count(1, 2)', {})).message).toContain('"count"');
    expect(other.evaluate('$sum([1, 2])', {})).toBe(3);
  });

  it('weighs shared parts at each place', () => {
    const shared = { text: 'x'.repeat(80) };
    expect(weigh([shared, shared])).toBe(1 + 2 * weigh(shared));
  });
});

describe('errors', () => {
  it('says which expression, why and where', () => {
    const error = refusal(() => createExpressions().evaluate('input.name + 1', scope));
    expect(error).toMatchObject({
      code: 'EXPRESSION_FAILED',
      reason: 'type',
      expression: 'input.name + 1',
      position: 12,
    });
    expect(error.message).toBe(
      'The expression input.name + 1 failed: The left side of the "+" operator must evaluate to a number',
    );
  });

  it('shortens a long expression in the message only', () => {
    const source = `$error("${'x'.repeat(5_000)}")`;
    const error = refusal(() => createExpressions().evaluate(source, {}));
    expect(error.expression).toBe(source);
    expect(error.message.length).toBeLessThan(500);
  });
});

function refusal(act: () => unknown): ExpressionError {
  try {
    act();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
