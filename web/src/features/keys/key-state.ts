import type { StateTone } from '../../components/state-shape.tsx';

/** How an API key stands. */
export type KeyState = 'active' | 'unused' | 'expired' | 'revoked';

export const KEY_TONES = {
  active: 'ok',
  unused: 'idle',
  expired: 'wait',
  revoked: 'fail',
} as const satisfies Record<KeyState, StateTone>;

interface KeyTimes {
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** How a key stands at a time in milliseconds since 1970: whether it still works, and whether anybody ever used it. */
export function keyState({ lastUsedAt, expiresAt, revokedAt }: KeyTimes, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt !== null && Date.parse(expiresAt) <= now) return 'expired';
  return lastUsedAt === null ? 'unused' : 'active';
}

/** Whether a key in this state still opens anything. */
export function opens(state: KeyState): boolean {
  return state === 'active' || state === 'unused';
}
