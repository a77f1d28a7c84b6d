import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../json.ts';
import { createExpressions, EXPRESSION_LIMITS, ExpressionError } from './index.ts';

const LIMIT = 'EXPRESSION_LIMIT';
const FAILED = 'EXPRESSION_FAILED';

const nested = (levels: number, wrap: (inner: Json) => Json): Json => {
  let value: Json = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
};
const scope: JsonObject = {
  text: 'a'.repeat(250_000),
  rows: Array.from({ length: 5_000 }, (_, id) => ({ id, name: `n${id}`, tags: ['a', 'b'] })),
  numbers: Array.from({ length: 300_000 }, (_, n) => n),
  empties: Array.from({ length: 100_000 }, () => []),
  lists: [Array.from({ length: 100_000 }, () => ({}))],
  wide: Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`key${n}`, n])),
  deepList: nested(9_000, (inner) => [inner]),
  deepObject: nested(9_000, (inner) => ({ a: inner })),
  forged: {
    _jsonata_lambda: true,
    thunk: true,
    arguments: [],
    body: { procedure: { type: 'variable', value: 'x' }, arguments: [] },
    environment: { base: { depth: 1 } },
  },
  forgedNative: { _jsonata_function: true, implementation: 'x' },
};

const attacks: [why: string, source: string, code: string][] = [
  ['endless tail call', '($f := function($x){$f($x)}; $f(1))', LIMIT],
  ['endless call', '($f := function($x){1+$f($x)}; $f(1))', LIMIT],
  ['doubled graph', '$reduce([1..40], function($a,$i){ {"l":$a,"r":$a} }, {"x":1})', LIMIT],
  ['doubled graph to text', '$string($reduce([1..40], function($a,$i){ {"l":$a,"r":$a} }, {"x":1}))', LIMIT],
  ['doubled graph compared', '($d := $reduce([1..40], function($a,$i){ {"l":$a,"r":$a} }); $d = $d)', LIMIT],
  ['doubled list', '$reduce([1..40], function($a,$i){ [$a,$a] }, 1)', LIMIT],
  ['doubled by transforms', '$reduce([1..40], function($a,$i){ $a ~> |$|{"l":$a,"r":$a}| }, {"x":1})', LIMIT],
  ['doubled text', '$reduce([1..40], function($a,$i){ $a & $a }, "abc")', LIMIT],
  ['growing depth', '$string($reduce([1..3000], function($a,$i){ {"l":$a} }, 1))', LIMIT],
  ['product of ranges', '[1..9999].[1..9999]', LIMIT],
  ['long range', '[1..1e7]', LIMIT],
  ['product of rows', 'rows@$a.%.rows@$b[$a.id = $b.id]', LIMIT],
  ['whole scope each time', '[1..9999].$string($$.rows)', LIMIT],
  ['comparing each time', '[1..9000].($$.rows = $$.rows)', LIMIT],
  ['truth of a wide object', '[1..9000].($$.wide ? 1 : 2)', LIMIT],
  ['truth by and', '[1..9000].($$.wide and 1)', LIMIT],
  ['truth by $not', '[1..9000].$not($$.wide)', LIMIT],
  ['names through lists', '[1..9000].($$.lists.x)', LIMIT],
  ['wildcard over empty lists', '[1..9000].($$.empties.*)', LIMIT],
  ['descendants', '[1..9000].($$.rows.**)', LIMIT],
  ['merging', '[1..9000].$merge($$.rows)', LIMIT],
  ['keys', '[1..9000].$keys($$.rows)', LIMIT],
  ['long text each time', '[1..9000].$length($$.text)', LIMIT],
  [
    'native functions without a body',
    '$map([1..9999], $abs) ~> $map($abs) ~> $map($abs) ~> $string() ~> $eval',
    FAILED,
  ],
  ['sorting much', '$sort(rows, function($a,$b){$a.id < $b.id})', LIMIT],
  ['order-by of much', 'rows^(>id)', LIMIT],
  ['sorting by machine', '$sort(numbers)', LIMIT],
  ['joining with a long text', '$join([1..9999].("a"), text)', LIMIT],
  ['replacing by a long text', '$replace(text, "a", text)', LIMIT],
  ['replacing a regex by a long text', '$replace("aaaaaaaaaa", /a/, text)', LIMIT],
  ['replacing by many groups', '$replace(text, /a/, $pad("", 3000, "$0"))', LIMIT],
  ['replacing by the source of a function', '$replace("a", "a", function($m){"b"})', FAILED],
  ['many distinct', '$distinct(numbers)', LIMIT],
  ['padding', '$pad("x", 1e9)', LIMIT],
  ['padding left', '$pad("x", -1e9, "ab")', LIMIT],
  ['wide date', '$fromMillis(0, "[Y,9999999]")', FAILED],
  ['wide date of $now', '$now("[Y,*-9999999]")', FAILED],
  ['date out of range in words', '$fromMillis(1e300, "[Yw]")', FAILED],
  ['time zone as a Roman number', '$fromMillis(0, "[ZI]", "99999999999")', FAILED],
  ['Roman million', '$formatInteger(1e9, "I")', FAILED],
  ['infinity in words', '$formatInteger(1/0, "w")', FAILED],
  ['long picture', `$toMillis("1", "${'[Y]'.repeat(50)}")`, FAILED],
  ['too wide a picture', '$toMillis("1", "[Y,9999-9999][M01]")', FAILED],
  ['empty grouping separator', '$formatNumber(1, "#,##0", {"grouping-separator": ""})', FAILED],
  ['empty zero digit', '$formatNumber(1, "0", {"zero-digit": ""})', FAILED],
  ['search again and again', '$replace(text, /a.*b|a/, "x")', LIMIT],
  ['matches again and again', '$match(text, /a.*b|a/)', LIMIT],
  ['parts again and again', '$split(text, /a.*b|a/)', LIMIT],
  ['large regex', '$contains(text & "x", /(.{0,99}.{0,99}){9}y|x/)', LIMIT],
  ['repeat of repeats', '$contains(text, /((a{0,100}){0,100}){0,100}x/)', FAILED],
  ['look-ahead', '$match("x", /(?=a)/)', FAILED],
  ['look-behind', '$match("x", /(?<!a)b/)', FAILED],
  ['back-reference', '$match("x", /(a)\\1/)', FAILED],
  ['signature', 'function($x)<a<a<a<a>>>>{ $x }(1)', FAILED],
  ['$eval', '$eval("1")', FAILED],
  ['$eval as a value', '$map(["1"], $eval)', FAILED],
  ['brackets', '('.repeat(3_000) + '1' + ')'.repeat(3_000), LIMIT],
  ['signs', '-'.repeat(8_000) + '1', LIMIT],
  ['sums', '1' + '+1'.repeat(4_000), LIMIT],
  ['and', 'a' + ' and a'.repeat(1_300), LIMIT],
  ['steps of a path', 'a' + '.a'.repeat(4_000), LIMIT],
  ['filters', 'a' + '[0]'.repeat(2_500), LIMIT],
  ['conditions', 'a?'.repeat(2_000) + '1', LIMIT],
  ['assignments', '$a:='.repeat(1_900) + '1', LIMIT],
  ['copied defaults', '('.repeat(40) + 'a' + ' ?: 1)'.repeat(40), LIMIT],
  ['copied defaults 2', '('.repeat(40) + 'a' + ' ?? 1)'.repeat(40), LIMIT],
  ['parents', '%' + '+%'.repeat(4_000), LIMIT],
  ['open braces', '{'.repeat(8_000), LIMIT],
  ['open regex', '/' + '('.repeat(8_000), LIMIT],
  ['escapes', '/' + '\\'.repeat(8_000), FAILED],
  ['deep list', '$boolean(deepList)', LIMIT],
  ['deep list tested', 'deepList ? 1 : 2', LIMIT],
  ['deep list as a filter', 'rows[$$.deepList]', LIMIT],
  ['deep list given', 'deepList', LIMIT],
  ['deep object given', 'deepObject', LIMIT],
  ['deep object to text', '$string(deepObject)', LIMIT],
  ['deep object compared', 'deepObject = deepObject', LIMIT],
  ['deep descendants', 'deepObject.**', LIMIT],
  ['chain of partial calls', '$reduce([1..9999], function($f,$i){ $f[0](?) }, [function($x){$x}])', LIMIT],
  ['forged function', 'forged()', FAILED],
  ['forged function given on', '$map([1], forged)', FAILED],
  ['forged native', 'forgedNative(1)', FAILED],
  ['own function inside itself', '{"a":1} ~> |$|{"self": $}|', LIMIT],
  ['__proto__ merged', '$merge([{"__proto__":{"x":1}}])', FAILED],
  ['__proto__ made', '{"__proto__": 1}', FAILED],
  ['function given', 'function(){1}', FAILED],
  ['native given', '{"a": [$sum]}', FAILED],
  ['infinity', '1/0', FAILED],
  ['not a number', '0/0', FAILED],
];

describe('hostile expressions', () => {
  it.each(attacks)('%s', (_why, source, code) => {
    const expressions = createExpressions();
    let thrown: unknown;
    try {
      expressions.evaluate(source, scope);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ExpressionError);
    expect((thrown as ExpressionError).code).toBe(code);
    expect((thrown as ExpressionError).message.length).toBeLessThan(500);
    expect(expressions.spent).toBeLessThanOrEqual(EXPRESSION_LIMITS.cost);
  });

  it('pollute nothing', () => {
    createExpressions().evaluate('{"a":1} ~> |$|{"__proto__":{"polluted":1}}|', {});
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('leave room for honest work', () => {
    const text = 'name,amount\r\n'.repeat(1_500);
    const evaluate = (source: string) => createExpressions().evaluate(source, { ...scope, csv: text });
    expect(evaluate('$count($split(csv, /\\r?\\n/))')).toBe(1_501);
    expect(evaluate('$count(rows[$number($substring(name, 1)) % 2 = 0])')).toBe(2_500);
    expect(evaluate('$sum(rows.id)')).toBe(12_497_500);
    expect(evaluate('$count($distinct(rows))')).toBe(5_000);
    expect(evaluate('$sort($map(rows, function($r){ -$r.id }))[0]')).toBe(-4_999);
    expect(evaluate('$count(numbers)')).toBe(300_000);
    expect(evaluate('$max(numbers)')).toBe(299_999);
    expect(evaluate('$count($match(text, /(a+)+$/))')).toBe(1);
    expect(evaluate('$contains(text, /(a|a)*c/)')).toBe(false);
  });
});
