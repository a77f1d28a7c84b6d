import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A new key: the token for its holder, and what we keep of it. */
export interface NewApiKeyToken {
  token: string;
  /** The first characters, by which a person recognises the key in a list. */
  prefix: string;
  /** SHA-256 of the token. The token has 238 random bits, so no slow hash is needed. */
  hash: Uint8Array<ArrayBuffer>;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TOKEN = /^lvq_([0-9A-Za-z]{40})_([0-9A-Za-z]{6})$/;
const PREFIX_LENGTH = 10;

/**
 * Makes `lvq_<40 random base62>_<checksum>`. Prefix and checksum (CRC-32 of the random part in base62) let secret
 * scanners tell a real token from a look-alike without asking us.
 */
export function newApiKeyToken(): NewApiKeyToken {
  const random = Array.from({ length: 40 }, () => DIGITS[randomInt(DIGITS.length)]).join('');
  const token = `lvq_${random}_${checksum(random)}`;
  return { token, prefix: token.slice(0, PREFIX_LENGTH), hash: sha256(token) };
}

/** SHA-256 of a token, or null for text that cannot be a token of ours. */
export function hashOfToken(token: string): Uint8Array<ArrayBuffer> | null {
  const parts = TOKEN.exec(token);
  if (parts === null || checksum(parts[1] ?? '') !== parts[2]) return null;
  return sha256(token);
}

function sha256(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest());
}

function checksum(random: string): string {
  let rest = crc32(random);
  let text = '';
  for (let i = 0; i < 6; i += 1) {
    text = DIGITS.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
