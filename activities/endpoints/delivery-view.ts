import type { Prisma } from '../../prisma/database.ts';
import type { DeliveryStatus } from '../../workflows/endpoints/model.ts';
import type { Json } from '../../workflows/json.ts';

/** One attempt at a delivery. */
export interface DeliveryAttemptView {
  number: number;
  at: string;
  durationMs: number;
  httpStatus: number | null;
  error: string | null;
  response: string | null;
}

/** A delivery as it is shown. Times are ISO 8601. */
export interface DeliveryView {
  id: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  payload: Json;
  status: DeliveryStatus;
  attemptCount: number;
  nextAt: string | null;
  replayOf: string | null;
  createdAt: string;
  finishedAt: string | null;
}

type Row = Prisma.EndpointDeliveryGetPayload<object>;

/** The view of a row. */
export function toDeliveryView(row: Row): DeliveryView {
  return {
    id: row.id,
    endpointId: row.endpointId,
    eventId: row.eventId,
    eventType: row.eventType,
    payload: row.payload as Json,
    status: row.status as DeliveryStatus,
    attemptCount: row.attempts,
    nextAt: row.nextAt?.toISOString() ?? null,
    replayOf: row.replayOf,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** The view of an attempt's row. */
export function toAttemptView(row: Prisma.EndpointAttemptGetPayload<object>): DeliveryAttemptView {
  const { number, at, durationMs, httpStatus, error, response } = row;
  return { number, at: at.toISOString(), durationMs, httpStatus, error, response };
}
