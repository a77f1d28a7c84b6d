/** What endpoints can be told of. The names are public: `<thing>.<what happened>`. */
export const EVENT_TYPES = [
  'run.started',
  'run.succeeded',
  'run.failed',
  'run.cancelled',
  'run.timed_out',
  'approval.requested',
  'approval.reminded',
  'approval.escalated',
  'approval.approved',
  'approval.denied',
  'approval.expired',
  'approval.withdrawn',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** `CANCELLED`: the endpoint was switched off or deleted meanwhile. */
export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'FAILED', 'CANCELLED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
