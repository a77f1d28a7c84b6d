import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../workflows/json.ts';
import { createScrubber } from './scrub.ts';
import { secretValues } from './secret-values.ts';

const secret = 'pä/ss "w+rd&<7?>=';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const encodings: Record<string, string> = {
  plain: secret,
  json: JSON.stringify(secret),
  'json in json': JSON.stringify(JSON.stringify(secret)),
  'ascii json': '"p\\u00e4/ss \\"w+rd&<7?>="',
  'php json': '"p\\u00e4\\/ss \\"w+rd&<7?>="',
  html: 'pä/ss &quot;w+rd&amp;&lt;7?&gt;=',
  component: encodeURIComponent(secret),
  'lower-case percent': encodeURIComponent(secret).toLowerCase(),
  url: encodeURI(secret),
  form: new URLSearchParams({ q: secret }).toString(),
  base64: base64(secret),
  unpadded: base64(secret).replace(/=+$/, ''),
  url64: Buffer.from(secret).toString('base64url'),
  hex: Buffer.from(secret).toString('hex'),
};

describe('createScrubber', () => {
  const scrubber = createScrubber([secret]);

  it.each(Object.entries(encodings))('takes out the secret as %s', (_, text) => {
    const clean = scrubber.text(`before ${text} after`);
    expect(clean).toMatch(/^before .*\[secret\].* after$/);
    expect(clean).not.toContain(text);
    expect(clean.length).toBeLessThan('before [secret] after'.length + 8);
  });

  it.each([0, 1, 2, 3, 4, 5])('takes it out of base64 of other text, %i bytes in', (before) => {
    for (const after of ['', 'x', 'xx', 'xxx']) {
      const text = base64('y'.repeat(before) + secret + after);
      expect(scrubber.text(text)).toContain('[secret]');
      expect(scrubber.text(text.replaceAll('+', '-').replaceAll('/', '_'))).toContain('[secret]');
    }
  });

  it('takes out every occurrence, the longest secret first, and leaves no end of overlapping ones', () => {
    expect(createScrubber(['token', 'token-long']).text('token-long token token-longer')).toBe(
      '[secret] [secret] [secret]er',
    );
    expect(createScrubber(['abcd1234', '1234efgh']).text('x abcd1234efgh y')).toBe('x [secret] y');
    expect(createScrubber(['abcd']).text('abcdabcd')).toBe('[secret][secret]');
  });

  it('reads secrets as text, not as patterns', () => {
    expect(createScrubber(['a.*b(c']).text('aXXb a.*b(c')).toBe('aXXb [secret]');
    expect(createScrubber(['$&$1']).text('x $&$1')).toBe('x [secret]');
  });

  it('takes out secrets shorter than 4 characters only as whole values', () => {
    const short = createScrubber(['abc', '']);
    expect(short.json({ a: 'abc', b: 'abcd', c: ['abc', ''] })).toEqual({
      a: '[secret]',
      b: 'abcd',
      c: ['[secret]', ''],
    });
  });

  it('goes through values, keys and numbers', () => {
    const numbers = createScrubber(['hunter22', '12345678']);
    const value: Json = { hunter22: [{ a: 'xhunter22x' }, 12345678, 1234, true, null], b: {} };
    expect(numbers.json(value)).toEqual({
      '[secret]': [{ a: 'x[secret]x' }, '[secret]', 1234, true, null],
      b: {},
    });
    expect(value).toHaveProperty('hunter22');
    expect(Object.keys(numbers.json({ b: 1, a: 2 }) as object)).toEqual(['b', 'a']);
  });

  it('keeps __proto__ a plain key', () => {
    const clean = createScrubber(['hunter22']).json(
      JSON.parse('{"__proto__":{"x":"hunter22"}}') as Json,
    ) as object;
    expect(JSON.stringify(clean)).toBe('{"__proto__":{"x":"[secret]"}}');
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
  });

  it('goes as deep as JSON.parse does', () => {
    const deep = `${'['.repeat(100_000)}"hunter22"${']'.repeat(100_000)}`;
    let value = createScrubber(['hunter22']).json(JSON.parse(deep) as Json);
    while (Array.isArray(value)) value = value[0] ?? null;
    expect(value).toBe('[secret]');
  });

  it('handles a large body with many secrets in time that grows with its size only', () => {
    const many = createScrubber(Array.from({ length: 40 }, (_, i) => `secret-${i}-/é"`));
    const text = 'secret-4 and other text. '.repeat(400_000);
    // One that looks at the text again for each secret, or from each place, does not end within the test's time.
    expect(many.text(text)).toBe(text);
    expect(createScrubber(['aaaa']).text('a'.repeat(1_000_000))).toBe('[secret]');
  });

  it('replaces what PostgreSQL cannot store', () => {
    expect(createScrubber([]).text('a\0b\ud800c😀')).toBe('a\ufffdb\ufffdc😀');
  });

  it('does not break on a secret that is half a surrogate pair', () => {
    expect(createScrubber(['\ud800abcdefgh']).text('x')).toBe('x');
  });
});

describe('secretValues', () => {
  it('knows what secrets become on the wire', () => {
    const settings = { baseUrl: 'https://api.example.com' };
    const basic = { headers: { Authorization: `Basic ${base64('user:pass')}`, 'X-Token': 'Token abcdef' } };
    expect(secretValues({ name: 'a', kind: 'HTTP', settings, secrets: basic })).toEqual(
      expect.arrayContaining([base64('user:pass'), 'user', 'pass', 'Token abcdef', 'abcdef']),
    );
    const pair = { username: 'ops-user', password: 'ops-pass' };
    const scrubber = createScrubber(secretValues({ name: 'a', kind: 'HTTP', settings, secrets: pair }));
    expect(scrubber.text(`Basic ${base64('ops-user:ops-pass')}`)).toBe('Basic [secret]');
    const mail = { host: 'h', port: 25, from: 'a@b.c' };
    const plain = createScrubber(secretValues({ name: 'a', kind: 'SMTP', settings: mail, secrets: pair }));
    expect(plain.text(`AUTH PLAIN ${base64('\0ops-user\0ops-pass')}`)).toBe('AUTH PLAIN [secret]');
    expect(secretValues({ name: 'a', kind: 'SMTP', settings: mail, secrets: null })).toEqual([]);
  });
});
