import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { deriveKey, masterKey, open, parseKeyring, seal } from './keyring.ts';

const key = () => randomBytes(32).toString('base64');
const binding = { tenantId: 't1', purpose: 'connection', recordId: 'r1' };

describe('parseKeyring', () => {
  it('takes the first key as the active one', () => {
    const keyring = parseKeyring(` 2026-b:${key()}, 2025-a:${key()} ,`);
    expect(keyring.active).toBe('2026-b');
    expect([...keyring.keys.keys()]).toEqual(['2026-b', '2025-a']);
    expect(() => masterKey(keyring, 'gone')).toThrow(
      'The encryption key gone is not in LEVQOR_ENCRYPTION_KEYS',
    );
  });

  it.each([
    ['', 'at least one key'],
    [key(), 'entry 1 must be id:base64'],
    [`a:${key()},:${key()}`, 'entry 2'],
    [`a b:${key()}`, 'entry 1'],
    [`a:${randomBytes(31).toString('base64')}`, 'the key a must be'],
    [`a:${randomBytes(33).toString('base64')}`, 'the key a must be'],
    [`a:${key()}!`, 'the key a must be'],
    [`a:${key()},a:${key()}`, 'the key id a is there twice'],
  ])('refuses text with a clear reason that holds no key', (text, reason) => {
    const refusal = catchError(() => parseKeyring(text));
    expect(refusal.message).toContain(reason);
    for (const entry of text.split(/[,:]/).filter((part) => part.length > 10))
      expect(refusal.message).not.toContain(entry);
  });
});

describe('seal and open', () => {
  const sealing = masterKey(parseKeyring(`a:${key()}`), 'a');
  const secret = Buffer.from('pässword');

  it('gives back what was sealed, with a fresh IV each time', () => {
    const sealed = seal(sealing, secret, binding);
    expect(open(sealing, sealed, binding)).toEqual(secret);
    expect(open(sealing, new Uint8Array(sealed), binding)).toEqual(secret);
    expect(sealed[0]).toBe(1);
    expect(sealed.length).toBe(29 + secret.length);
    expect(sealed.includes('pässword')).toBe(false);
    expect(seal(sealing, secret, binding).subarray(1, 13)).not.toEqual(sealed.subarray(1, 13));
    expect(open(sealing, seal(sealing, Buffer.alloc(0), binding), binding)).toHaveLength(0);
  });

  it('refuses a value of which any one byte was changed, or that was cut', () => {
    const sealed = seal(sealing, secret, binding);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(sealing, changed, binding)).toThrow(/sealed value/);
      expect(() => open(sealing, sealed.subarray(0, at), binding)).toThrow(/sealed value/);
    }
  });

  it.each([
    { ...binding, tenantId: 't2' },
    { ...binding, purpose: 'other' },
    { ...binding, recordId: 'r2' },
    { tenantId: 't1","connection', purpose: 'r1', recordId: '' },
  ])('refuses the binding %j', (wrong) => {
    expect(() => open(sealing, seal(sealing, secret, binding), wrong)).toThrow('does not open');
  });

  it('refuses another key', () => {
    const another = masterKey(parseKeyring(`a:${key()}`), 'a');
    expect(() => open(another, seal(sealing, secret, binding), binding)).toThrow('does not open');
  });
});

describe('deriveKey', () => {
  const old = key();
  const before = parseKeyring(`a:${old}`);
  const after = parseKeyring(`b:${key()},a:${old}`);
  const bytes = (...args: Parameters<typeof deriveKey>) =>
    deriveKey(...args)
      .export()
      .toString('hex');

  it('is stable, and differs by purpose, tenant and master key', () => {
    const wanted = { purpose: 'payload', tenantId: 't1' };
    const first = bytes(before, wanted);
    expect(first).toHaveLength(64);
    expect(bytes(before, wanted)).toBe(first);
    expect(bytes(after, { ...wanted, keyId: 'a' })).toBe(first);
    const others = [
      bytes(after, wanted),
      bytes(before, { ...wanted, tenantId: 't2' }),
      bytes(before, { ...wanted, purpose: 'other' }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });
});

function catchError(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
