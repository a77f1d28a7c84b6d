import fc from 'fast-check';
import type { Json } from '../../json.ts';

/** Values that nobody expects in a definition. */
const ODD: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    ...[1e308, -1e308, 5e-324, -0, 2 ** 53, 1e21, NaN, Infinity, undefined, 0.1 + 0.2],
    ...[
      '',
      ' ',
      '\u0000',
      '\ud800',
      'ﷺ'.repeat(50),
      '{{',
      '}}',
      '{{ }}',
      '{{ steps }}',
      '{{ $$ }}',
      '{{ `a` }}',
    ],
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '{{ steps.__proto__.output }}', '\u202e'],
    ...[[], {}, [[]], [null], () => 1, Symbol('odd'), 10n, new Date(0), new Map([['a', 1]]), /x/],
  ),
  fc.nat({ max: 200 }).map(nested),
);

/** One thing that is done to a definition: where, by a number that any place answers to, and what. */
interface Harm {
  at: number;
  how: 'replace' | 'remove' | 'rename' | 'add' | 'double' | 'proto';
  odd: unknown;
  name: string;
}
const HARM: fc.Arbitrary<Harm> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'rename', 'add', 'double', 'proto'),
  odd: ODD,
  name: fc.oneof(fc.constantFrom('kind', 'steps', 'with', 'id', 'when', 'toString', '💥', ''), fc.string()),
});

/** Does one to four things to a copy of a sound definition, each somewhere inside it. */
export function damaged(sound: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  return fc
    .tuple(sound, fc.array(HARM, { minLength: 1, maxLength: 4 }))
    .map(([flow, harms]) => harms.reduce<unknown>(harm, structuredClone(flow)));
}

type Owner = Record<string, unknown>;

function harm(root: unknown, { at, how, odd, name }: Harm): unknown {
  const places = placesIn(root);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return odd;
  const { owner, key } = place;
  const value = owner[key];
  if (how === 'replace') owner[key] = odd;
  if (how === 'remove' || how === 'rename') delete owner[key];
  if (how === 'rename' || how === 'add') setOwn(owner, name, how === 'add' ? odd : value);
  if (how === 'double' && Array.isArray(value)) value.push(...(copyOf(value) as unknown[]));
  if (how === 'proto') setOwn(owner, '__proto__', odd);
  return root;
}

// What an earlier harm put there may be of a kind that structuredClone refuses.
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

// As JSON.parse does: an assignment to __proto__ would set the prototype.
function setOwn(owner: Owner, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, enumerable: true, writable: true, configurable: true });
}

function placesIn(value: unknown): { owner: Owner; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Owner;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}

function nested(depth: number): Json {
  let value: Json = 'deep';
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { steps: value };
  return value;
}
