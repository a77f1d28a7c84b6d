import { describe, expect, it } from '@jest/globals';
import { keyState } from './key-state.ts';

const now = new Date('2026-11-30T12:00:00Z');

describe('a key', () => {
  it.each([
    [null, null, 'works'],
    [null, '2026-12-01T00:00:00Z', 'works'],
    [null, '2026-11-30T12:00:00Z', 'expired'],
    ['2026-11-01T00:00:00Z', null, 'revoked'],
    ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', 'revoked'],
  ] as const)('revoked at %s, good until %s: %s', (revokedAt, expiresAt, state) =>
    expect(keyState({ revokedAt, expiresAt }, now)).toBe(state),
  );
});
