import { describe, expect, it } from '@jest/globals';
import { dashHint } from './dash-hint.ts';
import { ExpressionError } from './expression-error.ts';
import { checkExpression, type ExpressionFacts } from './expression-facts.ts';

const cases: [source: string, roots: string[], steps: ExpressionFacts['steps'], paths: string[]][] = [
  ['1 + 1', [], [], []],
  ['input', ['input'], [], ['input']],
  ['input.a.b', ['input'], [], ['input.a.b']],
  ['steps.charge.output.body', ['steps'], ['charge'], ['steps.charge.output.body']],
  ["steps.'give-up'.output", ['steps'], ['give-up'], ['steps.give-up.output']],
  ['steps.`give-up`.output', ['steps'], ['give-up'], ['steps.give-up.output']],
  ['"steps".a', ['steps'], ['a'], ['steps.a']],
  ['$map(steps.a.output, function($v){ $v.b })', ['steps'], ['a'], ['steps.a.output']],
  [
    '$map(steps.a.output, function($v){ $v.b & input.c })',
    ['steps', 'input'],
    ['a'],
    ['steps.a.output', 'input.c'],
  ],
  ['steps.a.output[amount > $$.input.min]', ['input', 'steps'], ['a'], ['input.min', 'steps.a.output']],
  ['steps.a.output[0].b', ['steps'], ['a'], ['steps.a.output.b']],
  ["{ 'n': index, 'sku': line.sku }", ['index', 'line'], [], ['index', 'line.sku']],
  ["steps.a.output.{ 'n': name }", ['steps'], ['a'], ['steps.a.output']],
  ['steps.a.output{ key: $sum(value) }', ['steps'], ['a'], ['steps.a.output']],
  ['$sum(steps.lines.output.n)', ['steps'], ['lines'], ['steps.lines.output.n']],
  ['steps.a.output.(qty * price)', ['steps'], ['a'], ['steps.a.output']],
  ['steps.a.output^(>amount).id', ['steps'], ['a'], ['steps.a.output', 'steps.a.output.id']],
  ['$$.steps.x.output', ['steps'], ['x'], ['steps.x.output']],
  ['$.steps.x.output', ['steps'], ['x'], ['steps.x.output']],
  ['input.items.($$.steps.x.output)', ['input', 'steps'], ['x'], ['input.items', 'steps.x.output']],
  ['input.items.$.steps', ['input'], [], ['input.items.steps']],
  ['steps', ['steps'], 'all', ['steps']],
  ['steps.*', ['steps'], 'all', ['steps']],
  ['steps.(a.output)', ['steps'], 'all', ['steps']],
  ['$keys(steps)', ['steps'], 'all', ['steps']],
  ['$lookup(steps, input.id)', ['steps', 'input'], 'all', ['steps', 'input.id']],
  ['steps.a.output@$o.b', ['steps'], ['a'], ['steps.a.output', 'steps.a.b']],
  ['steps.a.output.items.%.id', ['steps'], 'all', ['steps.a.output.items']],
  ['($x := input.a; $x.b)', ['input'], [], ['input.a']],
  [
    'input.a ? steps.b.output : run.id',
    ['input', 'steps', 'run'],
    ['b'],
    ['input.a', 'steps.b.output', 'run.id'],
  ],
  ['input.a ?? error.message', ['input', 'error'], [], ['input.a', 'error.message']],
  ['input.a ~> $contains(input.b)', ['input'], [], ['input.a', 'input.b']],
  ['steps.a.output ~> |lines|{"x": y}, ["z"]|', ['steps'], ['a'], ['steps.a.output']],
  ['steps ~> $keys()', ['steps'], 'all', ['steps']],
  ['input.a in ["x", input.b]', ['input'], [], ['input.a', 'input.b']],
  ['$substring(?, 0, input.n)', ['input'], [], ['input.n']],
  ['-input.a', ['input'], [], ['input.a']],
  ['steps.give - up', ['steps', 'up'], ['give'], ['steps.give', 'up']],
];

describe('checkExpression', () => {
  it.each(cases)('%s', (source, ...expected) => {
    const [roots, steps, paths] = expected;
    const facts = checkExpression(source);
    expect(facts.paths.map((path) => path.join('.')).sort()).toEqual([...paths].sort());
    expect([...facts.roots].sort()).toEqual([...roots].sort());
    expect(facts.steps).toEqual(steps);
    expect(facts.usesContextRoot).toBe(false);
  });

  it.each([
    '$',
    '$$',
    '*',
    '**',
    '$keys()',
    '$lookup("steps")',
    '[$]',
    '$string($)',
    '$each(function($v){$v})',
  ])('%s looks at the whole scope', (source) =>
    expect(checkExpression(source)).toMatchObject({ usesContextRoot: true, steps: 'all' }),
  );

  it.each([
    ['foo(', 'syntax'],
    ['', 'syntax'],
    ['/(?=a)/', 'regex_not_supported'],
    ['/(a)\\1/', 'regex_not_supported'],
    [`/${'a'.repeat(250)}/`, 'regex_too_long'],
    ['$eval("1")', 'function_not_available'],
    ['function($x)<n:n>{ $x }(1)', 'signature_not_supported'],
    ['x'.repeat(8_193), 'source_too_long'],
    ['('.repeat(1_000), 'source_too_deep'],
  ])('refuses %.20s with %s', (source, reason) => {
    expect(() => checkExpression(source)).toThrow(ExpressionError);
    expect(() => checkExpression(source)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('dashHint', () => {
  it.each([
    ['steps.give-up.output', 'A step id with a dash needs backticks: steps.`give-up`'],
    ['$sum($$.steps.a-b-2.output)', 'A step id with a dash needs backticks: steps.`a-b-2`'],
    ['1 + steps . give-up', 'A step id with a dash needs backticks: steps.`give-up`'],
    ['steps.`give-up`.output', null],
    ['"steps.give-up"', null],
    ['/* steps.give-up */ 1', null],
    ['steps.a.output-1', null],
    ['my.steps.give-up', null],
    ['steps.give - up', null],
  ])('%s', (source, expected) => expect(dashHint(source)).toBe(expected));
});
