import type { StateTone } from '../../components/state-shape.tsx';

/** How a delegation can stand, with the shape and colour of each. */
export const DELEGATION_TONES = {
  NOW: 'run',
  LATER: 'wait',
  OVER: 'idle',
  ENDED: 'idle',
  WITHOUT: 'idle',
} as const satisfies Record<string, StateTone>;
export type DelegationState = keyof typeof DELEGATION_TONES;

interface Terms {
  startsAt: string;
  endsAt: string;
  revokedAt: string | null;
  inForce: boolean;
}

/**
 * How a delegation stands at a time in milliseconds since 1970: in its time it counts, unless it was ended early or one
 * of the two has left the organisation.
 */
export function delegationState(
  { startsAt, endsAt, revokedAt, inForce }: Terms,
  now: number,
): DelegationState {
  if (revokedAt !== null) return 'ENDED';
  if (Date.parse(endsAt) <= now) return 'OVER';
  if (Date.parse(startsAt) > now) return 'LATER';
  return inForce ? 'NOW' : 'WITHOUT';
}

/** Whether there is something left to end. */
export function canEnd(state: DelegationState): boolean {
  return state === 'NOW' || state === 'LATER';
}
