/**
 * Waits before the second and each further attempt at a delivery, in seconds: those that Standard Webhooks 1.0.0
 * recommends, about 75 hours in all.
 */
const WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** How many attempts a delivery gets at the most. */
export const MAX_ATTEMPTS = WAITS.length + 1;

/** The longest wait that a receiver's `Retry-After` can ask for, in seconds. */
const LONGEST_WAIT = 86_400;

/** What one attempt has shown. */
export interface FailedAttempt {
  /** 1 for the first attempt. */
  number: number;
  /** What the receiver asked for, in seconds, or null. */
  retryAfterSeconds: number | null;
  /** Between 0 and 1: spreads the attempts of many deliveries. */
  random: number;
}

/** Seconds until the next attempt, up to a tenth more than planned; null when there is none left. */
export function retryWait({ number, retryAfterSeconds, random }: FailedAttempt): number | null {
  const planned = WAITS[number - 1];
  if (planned === undefined) return null;
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_WAIT);
  return Math.max(planned * (1 + random / 10), asked);
}
