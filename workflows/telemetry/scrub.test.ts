import { describe, expect, it } from '@jest/globals';
import { pageShape, scrubText } from './scrub.ts';

const JWT = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(40)}.${'c'.repeat(43)}`;

describe('scrubText', () => {
  it.each<[string, string, string]>([
    ['plain words', 'Cannot read properties of undefined', 'Cannot read properties of undefined'],
    ['a question', 'Is it there? Yes.', 'Is it there? Yes.'],
    [
      'the query of an address',
      'GET https://a.example/en/runs?after=x&me=mina failed',
      'GET https://a.example/en/runs failed',
    ],
    ['the query of a path', 'at /en/sign-in/confirm?token=abc (x)', 'at /en/sign-in/confirm (x)'],
    ['what is behind #', 'https://a.example/en#mina', 'https://a.example/en'],
    [
      'the password of an address',
      'no answer from postgresql://app:canary@db/levqor',
      'no answer from postgresql://db/levqor',
    ],
    ['an e-mail address', 'no member mina.o+x@example.co.uk here', 'no member [e-mail] here'],
    ['a foreign e-mail address', 'für <jörg@münchen.example>', 'für <[e-mail]>'],
    ['a header', 'Authorization: Bearer canary-1234567890', 'Authorization: [secret] [secret]'],
    ['a bearer alone', 'sent bearer canary-1234567890', 'sent bearer [secret]'],
    ['a field', '{"apiKey":"canary","other":1}', '{"apiKey":"[secret]","other":1}'],
    ['a setting', 'LEVQOR_WEB_SECRET=canary next', 'LEVQOR_WEB_SECRET=[secret] next'],
    ['a cookie', 'levqor.session=canary; x', 'levqor.session=[secret]; x'],
    ['a signed token', `got ${JWT} back`, 'got [token] back'],
    ['a key of ours', `lvq_${'Ab3'.repeat(13)}x_abcdef is wrong`, '[long] is wrong'],
    ['an id of ours', `run_${'0a'.repeat(16)} is gone`, '[id] is gone'],
    ['a UUID', '3f2504e0-4f89-41d3-9a0c-0305e82c3301 is gone', '[id] is gone'],
    ['a number of a card', 'card 4111 1111 1111 1111 refused', 'card [number] refused'],
    ['a short number', 'line 1234 column 56', 'line 1234 column 56'],
    [
      'a file of the app',
      'at f (https://a.example/_next/static/chunks/3qfy96eoyh-ek.js:1:2345)',
      'at f (https://a.example/_next/static/chunks/3qfy96eoyh-ek.js:1:2345)',
    ],
  ])('hides %s', (_, text, expected) => {
    expect(scrubText(text, 300)).toBe(expected);
  });

  it('cuts what is too long, and says so', () => {
    expect(scrubText('word '.repeat(100), 20)).toBe('word word word word…');
    expect(scrubText('x y', 3)).toBe('x y');
  });

  it('is quick with what was made to be slow', () => {
    for (const text of [
      'a@'.repeat(100_000),
      '/?'.repeat(100_000),
      '1 '.repeat(100_000),
      'token'.repeat(50_000),
    ])
      expect(scrubText(text, 50).length).toBeLessThanOrEqual(50);
  });

  it('does the same when it is done twice', () => {
    const once = scrubText(`mina@example.com ${JWT} token=canary /a?b`, 300);
    expect(scrubText(once, 300)).toBe(once);
  });
});

describe('pageShape', () => {
  it.each<[string, string]>([
    ['/en/runs', '/en/runs'],
    ['/zh-Hans/sign-in', '/zh-Hans/sign-in'],
    ['/pt-BR/sign-in/confirm?email=mina@example.com&token=x', '/pt-BR/sign-in/confirm'],
    [`/en/runs/run_${'0a'.repeat(16)}?step=mail#x`, '/en/runs/[id]'],
    ['https://levqor.example/en/webhooks/endpoints/endpoint_1', '/en/webhooks/endpoints/[id]'],
    ['/hooks/Zm9vYmFyYmF6', '/hooks/[id]'],
    ['/en/mina@example.com', '/en/[id]'],
    ['/en/averyveryveryveryverylongwordindeed', '/en/[id]'],
    ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g'],
    ['', '/'],
    ['/', '/'],
    ['blob:https://levqor.example/x', '[id]//[id]/x'],
  ])('%s is %s', (address, expected) => {
    expect(pageShape(address)).toBe(expected);
  });
});
