import type { Json } from '../../json.ts';

/** A value that an expression can name at some place. */
export interface Ref {
  text: string;
  /** About how many values it holds, so that no definition makes ever larger ones. */
  weight: number;
}

/** An expression, or a template around it, and about how many values it gives. */
export interface Written<Value = string> {
  value: Value;
  weight: number;
}

/** Numbers by which chance chooses; 0 chooses the simplest. Taken one after another. */
export class Choices {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number from 0 up to, and without, `count`. */
  below(count: number): number {
    return (this.#numbers[this.#next++ % this.#numbers.length] ?? 0) % count;
  }

  /** One of these, the first by preference. */
  of<T>(options: readonly [T, ...T[]]): T {
    return options[this.below(options.length)] as T;
  }

  /** True once in so many times. */
  oneIn(count: number): boolean {
    return this.below(count) === count - 1;
  }
}

const MOST_WEIGHT = 60;
const CONSTANTS = [
  '1',
  '"text"',
  'true',
  'null',
  '[]',
  '{}',
  '[1, 2, 3]',
  '-0.5',
  '"ünï 🙂"',
  '[1..4]',
] as const;

/** An expression over what can be seen. Some of them fail, for some data. */
export function randomExpression(choices: Choices, refs: readonly Ref[]): Written {
  const [one, other] = [randomRef(choices, refs), randomRef(choices, refs)];
  const both = one.weight + other.weight;
  const form = choices.below(both > MOST_WEIGHT ? SMALL_FORMS.length : SMALL_FORMS.length + 3);
  if (choices.oneIn(40)) return { value: `$number(${one.text}) + 1`, weight: 1 };
  const small = SMALL_FORMS[form];
  if (small) return { value: small(one.text, other.text), weight: 2 };
  const value = [
    `[${one.text}, ${other.text}]`,
    `{ "a": ${one.text}, "b": { "c": ${other.text} } }`,
    one.text,
  ];
  return { value: value[form - SMALL_FORMS.length] ?? one.text, weight: both + 2 };
}

const SMALL_FORMS: ((one: string, other: string) => string)[] = [
  (one) => `$type(${one})`,
  (one) => `$count(${one})`,
  (one) => `$exists(${one})`,
  (one, other) => `${one} = ${other}`,
  (one, other) => `$type(${one}) & "}}" & $type(${other})`,
  (one) => `$type(${one}) = "number" ? ${one} + 1 : 1`,
  (one) => `$string(${one}) & ""`,
  (one) => `$type((${one}).a)`,
  (one) => `$type((${one})[0])`,
  (one, other) => `${one} ? $type(${other}) : 'no'`,
  (one) => `$sum($map([1, 2], function($v) { $v + $count(${one}) }))`,
  (one) => `$length($string(${one})) > 20`,
  () => '$join($sort($keys(steps)), ",")',
  () => 'run.attempt',
  (one) => `$not(${one})`,
  (one, other) => `$type(${one}) in [$type(${other}), "null"]`,
];

/** A template: a constant, a whole expression, text with expressions in it, or JSON with templates inside. */
export function randomTemplate(choices: Choices, refs: readonly Ref[]): Written<Json> {
  const { value, weight } = randomExpression(choices, refs);
  switch (choices.below(7)) {
    case 0:
      return { value: choices.below(10), weight: 1 };
    case 1:
      return { value: `{{ ${value} }}`, weight };
    case 2:
      return { value: ` {{${value}}}\n`, weight };
    case 3:
      return { value: `it is {{ ${value} }}, and {{ run.attempt }}`, weight: 2 };
    case 4:
      return {
        value: { list: [`{{ ${value} }}`, null, 'plain'], 'a key': { deep: true } },
        weight: weight + 4,
      };
    case 5:
      return { value: ['{{ input.s }}{{ input.nothing }}', `{{ ${value} }}`], weight: weight + 2 };
    default: {
      const ref = randomRef(choices, refs);
      return { value: `{{ ${ref.text} }}`, weight: ref.weight };
    }
  }
}

/** One whole expression that is mostly true or false. */
export function randomCondition(choices: Choices, refs: readonly Ref[]): string {
  const { text } = randomRef(choices, refs);
  const tests = [
    'true',
    `$type(${text}) != "string"`,
    `$exists(${text})`,
    'false',
    text,
    `${text} = 1`,
  ] as const;
  return `{{ ${choices.of(tests)} }}`;
}

function randomRef(choices: Choices, refs: readonly Ref[]): Ref {
  const constant = choices.oneIn(4);
  const at = choices.below(constant ? CONSTANTS.length : Math.max(1, refs.length));
  // The last ones are the newest: they are chosen first.
  const ref = constant ? undefined : refs[refs.length - 1 - at];
  return ref ?? { text: CONSTANTS[at] ?? 'null', weight: 3 };
}
