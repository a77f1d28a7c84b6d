import type { TenantId } from '../ids.ts';

/** Which delivery. */
export interface DeliveryKey {
  tenantId: TenantId;
  deliveryId: string;
}

/** What the delivery workflow asks of the world. Implemented in `activities/endpoints`. */
export interface EndpointActivities {
  /** Makes attempt `number` and writes it down. An attempt that was written down already is not made again. */
  attemptDelivery(input: DeliveryKey & { number: number; random: number }): Promise<DeliveryStep>;
}

/** What comes next: nothing, or another attempt at a point in time (milliseconds since 1970). */
export type DeliveryStep = { done: true } | { done: false; nextAt: number };
