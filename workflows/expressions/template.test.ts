import { describe, expect, it } from '@jest/globals';
import { ExpressionError } from './expression-error.ts';
import { isWholeExpression, parseTemplate, type TemplatePart } from './template.ts';

describe('parseTemplate', () => {
  const cases: [string, TemplatePart[]][] = [
    ['', []],
    ['text } }} {', [{ text: 'text } }} {' }]],
    ['{{a}}', [{ expression: 'a', offset: 2 }]],
    ['{{}}', [{ expression: '', offset: 2 }]],
    ['x{{ a }}y', [{ text: 'x' }, { expression: 'a', offset: 4 }, { text: 'y' }]],
    [
      '{{a}}{{ b }}',
      [
        { expression: 'a', offset: 2 },
        { expression: 'b', offset: 8 },
      ],
    ],
    ['{{ {"a":{"b":1}} }}', [{ expression: '{"a":{"b":1}}', offset: 3 }]],
    ['{{{"a":1}}}', [{ expression: '{"a":1}', offset: 2 }]],
    ['{{ "}}" }}', [{ expression: '"}}"', offset: 3 }]],
    ["{{ '}}' }}", [{ expression: "'}}'", offset: 3 }]],
    ['{{ `}}` }}', [{ expression: '`}}`', offset: 3 }]],
    ['{{ "\\"}}" }}', [{ expression: '"\\"}}"', offset: 3 }]],
    ['{{ "it\'s" }}', [{ expression: '"it\'s"', offset: 3 }]],
    ['{{ /* }} */ a }}', [{ expression: '/* }} */ a', offset: 3 }]],
    ["{{ /* it's */ a }}", [{ expression: "/* it's */ a", offset: 3 }]],
    ['{{ $match(a, /(x{2})"/) }}', [{ expression: '$match(a, /(x{2})"/)', offset: 3 }]],
    ["{{ $match(a, /\\}\\}'/) }}", [{ expression: "$match(a, /\\}\\}'/)", offset: 3 }]],
    [
      '{{ a / b }} {{ c / d }}',
      [{ expression: 'a / b', offset: 3 }, { text: ' ' }, { expression: 'c / d', offset: 15 }],
    ],
    ['{{ (a) / 2 }}/', [{ expression: '(a) / 2', offset: 3 }, { text: '/' }]],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(parseTemplate(text)).toEqual(expected);
  });

  it.each(['{{', 'a {{ b', '{{ "}}', '{{ { }}', '{{ /* }}', '{{ ` }}'])('refuses %s', (text) => {
    expect(() => parseTemplate(text)).toThrow(ExpressionError);
    expect(() => parseTemplate(text)).toThrow('has no closing }}');
  });
});

describe('isWholeExpression', () => {
  it.each([
    ['{{ a }}', true],
    ['\n {{ a }} ', true],
    ['{{ a }}{{ b }}', false],
    ['{{ a }}.', false],
    ['a', false],
    ['', false],
  ])('%j is %s', (text, expected) => {
    expect(isWholeExpression(text)).toBe(expected);
  });
});
