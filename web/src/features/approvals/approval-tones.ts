import type { StateTone } from '../../components/state-shape.tsx';

/** How requests can stand, with the shape and colour of each. */
export const APPROVAL_TONES = {
  PENDING: 'wait',
  APPROVED: 'ok',
  DENIED: 'fail',
  EXPIRED: 'idle',
  WITHDRAWN: 'idle',
} as const satisfies Record<string, StateTone>;
