import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkExpression, createExpressions, dashHint, ExpressionError, parseTemplate } from './index.ts';

const PIECES =
  `$ $$ . .. [ ] ( ) { } , ; : := ? ?: ?? ~> | % * ** ^ @$v #$i + - / & = != < > <= in and or null true "s" 'q' \`b\` ` +
  `/r+/ /*c*/ 0 1 2.5 -1 1e9 input steps.a.output name function($v){ $f := $map( $sum( $string( $replace( $merge( ` +
  `$formatNumber( $toMillis( $fromMillis( $match( $reduce( $lookup( $sort( $pad( $split( $now( $each( $zip( \\ " ' \` {{ }}`;
const source = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES.split(' ')), { maxLength: 25 }).map((pieces) => pieces.join(' ')),
  fc.array(fc.constantFrom(...PIECES.split(' ')), { maxLength: 25 }).map((pieces) => pieces.join('')),
);
const scope = { input: { name: 'Ada', list: [1, 'two', { three: 3 }] }, steps: { a: { output: 'x' } } };
const RUNS = { numRuns: 1_000 };

describe('any text', () => {
  it('ends in JSON or in an ExpressionError', () => {
    const expressions = createExpressions({ cost: 5_000 });
    fc.assert(
      fc.property(source, (text) => {
        const value = attempt(() => expressions.evaluate(text, scope));
        expect(value === undefined || JSON.stringify(value) !== undefined).toBe(true);
        attempt(() =>
          expressions.render({ text: `{{ ${text} }}`, mixed: `${text} {{ input.name }}` }, scope),
        );
      }),
      RUNS,
    );
  });

  it('is checked and split without any other error', () => {
    fc.assert(
      fc.property(source, (text) => {
        attempt(() => checkExpression(text));
        attempt(() => parseTemplate(text));
        dashHint(text);
      }),
      RUNS,
    );
  });

  it('comes back from a template whole', () => {
    fc.assert(
      fc.property(source, (text) => {
        const parts = attempt(() => parseTemplate(text)) ?? [];
        for (const part of parts) {
          if ('expression' in part) expect(text.startsWith(part.expression, part.offset)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
    return undefined;
  }
}
