import { describe, expect, test } from '@jest/globals';
import { keyState, opens } from './key-state.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const fresh = { lastUsedAt: null, expiresAt: null, revokedAt: null };

describe('the state of an API key', () => {
  test.each([
    [fresh, 'unused', true],
    [{ ...fresh, lastUsedAt: '2026-02-28T00:00:00Z' }, 'active', true],
    [{ ...fresh, expiresAt: '2026-03-01T12:00:01Z' }, 'unused', true],
    [{ ...fresh, expiresAt: '2026-03-01T12:00:00Z' }, 'expired', false],
    [{ ...fresh, lastUsedAt: '2026-02-28T00:00:00Z', expiresAt: '2026-02-28T00:00:01Z' }, 'expired', false],
    [{ ...fresh, expiresAt: '2026-02-01T00:00:00Z', revokedAt: '2026-01-01T00:00:00Z' }, 'revoked', false],
  ] as const)('%j is %s', (key, state, isOpen) => {
    expect(keyState(key, NOW)).toBe(state);
    expect(opens(state)).toBe(isOpen);
  });
});
