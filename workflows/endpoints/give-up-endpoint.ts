/** For how long nothing may have arrived at an endpoint before it is switched off, in seconds: five days. */
export const FAILING_LIMIT_SECONDS = 5 * 86_400;

/** How many deliveries must have run out of attempts besides: one event that cannot be taken is no dead endpoint. */
export const LOST_DELIVERIES = 3;

/** How an endpoint does. */
export interface EndpointHealth {
  /** When the first attempt failed since the last one that arrived, in milliseconds since 1970; null for none. */
  failingSince: number | null;
  /** Deliveries that ran out of attempts since then. */
  lostDeliveries: number;
}

/**
 * True for an endpoint that is to be switched off, as Standard Webhooks recommends: every attempt failed for days, over
 * several deliveries. `now` is in milliseconds since 1970.
 */
export function isToBeGivenUp({ failingSince, lostDeliveries }: EndpointHealth, now: number): boolean {
  if (failingSince === null || lostDeliveries < LOST_DELIVERIES) return false;
  return now - failingSince >= FAILING_LIMIT_SECONDS * 1000;
}
