import { describe, expect, it } from '@jest/globals';
import { normalizeAddress } from './normalize-address.ts';

describe('an e-mail address', () => {
  it.each([
    ['Mina@Example.com', 'mina@example.com'],
    ['  mina@example.com ', 'mina@example.com'],
    ['mina＠example.com', 'mina@example.com'],
    ['ｍina@example.com', 'mina@example.com'],
    ['mina+tag@sub.example.co', 'mina+tag@sub.example.co'],
    ['müller@bücher.example', 'müller@bücher.example'],
  ])('%j is %j', (given, kept) => expect(normalizeAddress(given)).toBe(kept));

  it.each([
    '',
    'mina',
    '@example.com',
    'mina@',
    'mina@localhost',
    'mina@example.com,eve@attacker.example',
    'mina@example.com;eve@attacker.example',
    'mina@example.com eve@attacker.example',
    '"e@attacker.example"@example.com',
    '"mina"@example.com',
    'mina@example.com\r\nBcc: eve@attacker.example',
    'mina@example.com\u0000',
    'mina@@example.com',
    'mina＠eve@example.com',
    'mina@eve＠example.com',
    'mina@[127.0.0.1]',
    'mina(comment)@example.com',
    '<mina@example.com>',
    'mina@example..com',
    'mina@example.com.',
    'mina\u202e@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('is not %j', (given) => expect(normalizeAddress(given)).toBeNull());
});
