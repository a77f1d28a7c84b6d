import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hashOfToken, newApiKeyToken } from './api-key-token.ts';

describe('newApiKeyToken', () => {
  it('makes a token that scanners know, with its SHA-256 and first characters', () => {
    const { token, prefix, hash } = newApiKeyToken();
    expect(token).toMatch(/^lvq_[0-9A-Za-z]{40}_[0-9A-Za-z]{6}$/);
    expect(token.startsWith(prefix)).toBe(true);
    expect(prefix).toHaveLength(10);
    expect(Buffer.from(hash)).toEqual(createHash('sha256').update(token).digest());
  });

  it('never makes the same twice', () => {
    expect(new Set(Array.from({ length: 500 }, () => newApiKeyToken().token)).size).toBe(500);
  });

  it('has a checksum that others can compute: CRC-32 of the random part, six digits of base62', () => {
    expect(hashOfToken(`lvq_${'A'.repeat(40)}_0mipaC`)).not.toBeNull();
  });
});

describe('hashOfToken', () => {
  it('takes what was made and refuses every change of it', () => {
    const { token, hash } = newApiKeyToken();
    expect(hashOfToken(token)).toEqual(hash);
    for (const at of [4, 20, 43, 45, 50]) {
      const other = token[at] === 'a' ? 'b' : 'a';
      expect(hashOfToken(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
  });

  it.each(['', 'lvq_', 'Bearer x', `lvq_${'A'.repeat(40)}`, `${newApiKeyToken().token}\n`, 'lvq_\u0000'])(
    'refuses %j',
    (text) => {
      expect(hashOfToken(text)).toBeNull();
    },
  );
});
