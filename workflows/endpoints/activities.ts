import type { PersonId, TenantId } from '../ids.ts';

/** Which delivery. */
export interface DeliveryKey {
  tenantId: TenantId;
  deliveryId: string;
}

/** What the delivery workflow asks of the world. Implemented in `activities/endpoints`. */
export interface EndpointActivities {
  /** Makes attempt `number` and writes it down. An attempt that was written down already is not made again. */
  attemptDelivery(input: DeliveryKey & { number: number; random: number }): Promise<DeliveryStep>;
  /** Writes to somebody that the endpoint of this delivery was switched off. Throws when it may work later. */
  sendEndpointMail(input: DeliveryKey & { personId: PersonId }): Promise<void>;
}

/**
 * What comes next: nothing, or another attempt at a point in time (milliseconds since 1970). `tell`: the attempt
 * switched the endpoint off, and these people are written to.
 */
export type DeliveryStep = { done: true; tell?: PersonId[] } | { done: false; nextAt: number };
