import { describe, expect, it } from '@jest/globals';
import { canEnd, delegationState, type DelegationState } from './delegation-state.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const terms = {
  ...{ startsAt: '2026-11-30T10:00:00Z', endsAt: '2026-12-05T10:00:00Z' },
  ...{ revokedAt: null, inForce: true },
};

describe('a delegation', () => {
  it.each<[object, DelegationState, boolean]>([
    [{}, 'NOW', true],
    [{ inForce: false }, 'WITHOUT', false],
    [{ startsAt: '2026-12-01T10:00:00Z', inForce: false }, 'LATER', true],
    [{ endsAt: '2026-11-30T12:00:00Z', inForce: false }, 'OVER', false],
    [{ revokedAt: '2026-11-30T11:00:00Z', inForce: false }, 'ENDED', false],
    [{ revokedAt: '2026-11-30T11:00:00Z', endsAt: '2026-11-30T11:30:00Z' }, 'ENDED', false],
  ])('with %j stands as %s', (some, state, isOpen) => {
    expect(delegationState({ ...terms, ...some }, now)).toBe(state);
    expect(canEnd(state)).toBe(isOpen);
  });
});
