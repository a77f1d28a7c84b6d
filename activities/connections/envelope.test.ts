import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseKeyring } from '../../temporal/keyring.ts';
import {
  newDataKey,
  openSecrets,
  rewrapDataKey,
  sealSecrets,
  unwrapDataKey,
  wrapDataKey,
} from './envelope.ts';

const key = () => randomBytes(32).toString('base64');
const owner = { tenantId: 't1', connectionId: 'c1' };

describe('the envelope', () => {
  const old = key();
  const before = parseKeyring(`a:${old}`);
  const rotated = parseKeyring(`b:${key()},a:${old}`);
  const dataKey = newDataKey();
  const row = wrapDataKey(before, dataKey, 't1');
  const sealed = sealSecrets(dataKey, { bearer: 'canary' }, owner);

  it('opens secrets by the unwrapped data key', () => {
    expect(openSecrets(unwrapDataKey(before, row, 't1'), sealed, owner)).toEqual({ bearer: 'canary' });
    expect(Buffer.from(sealed).includes('canary')).toBe(false);
    expect(Buffer.from(row.wrapped).includes(dataKey.export())).toBe(false);
  });

  it('opens nothing that was moved to another tenant or row', () => {
    expect(() => unwrapDataKey(before, row, 't2')).toThrow('does not open');
    expect(() => openSecrets(dataKey, sealed, { ...owner, tenantId: 't2' })).toThrow('does not open');
    expect(() => openSecrets(dataKey, sealed, { ...owner, connectionId: 'c2' })).toThrow('does not open');
    expect(() => unwrapDataKey(rotated, { ...row, keyId: 'b' }, 't1')).toThrow('does not open');
  });

  it('is wrapped anew after a rotation, and then no longer needs the old master key', () => {
    expect(rewrapDataKey(before, row, 't1')).toBeNull();
    const renewed = rewrapDataKey(rotated, row, 't1');
    expect(renewed?.keyId).toBe('b');
    const later = parseKeyring(`b:${rotated.keys.get('b')?.export().toString('base64')}`);
    expect(renewed && openSecrets(unwrapDataKey(later, renewed, 't1'), sealed, owner)).toEqual({
      bearer: 'canary',
    });
    expect(() => unwrapDataKey(later, row, 't1')).toThrow('The encryption key a is not in');
  });
});
