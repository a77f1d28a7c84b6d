import { EVENT_TYPES, type EventType } from '../../workflows/endpoints/model.ts';
import type { Prisma } from '../../prisma/database.ts';
import type { PersonSummary } from '../tenancy/index.ts';

/** An endpoint as it is shown: without its secrets. */
export interface EndpointView {
  id: string;
  url: string;
  description: string;
  eventTypes: EventType[];
  createdAt: string;
  createdBy: PersonSummary | null;
  rotatedAt: string | null;
  disabledAt: string | null;
  disabledReason: string | null;
  failingSince: string | null;
}

/** The columns that a view is made of. */
export const ENDPOINT_COLUMNS = {
  ...{ id: true, url: true, description: true, eventTypes: true, createdAt: true, createdBy: true },
  ...{ rotatedAt: true, disabledAt: true, disabledReason: true, failingSince: true },
} satisfies Prisma.EndpointSelect;

type Row = Prisma.EndpointGetPayload<{ select: typeof ENDPOINT_COLUMNS }>;

/** The view of a row, with the people that `readPeople` gave. */
export function toEndpointView(row: Row, people: ReadonlyMap<string, PersonSummary>): EndpointView {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: EVENT_TYPES.filter((type) => row.eventTypes.includes(type)),
    createdAt: row.createdAt.toISOString(),
    createdBy: (row.createdBy !== null && people.get(row.createdBy)) || null,
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledReason: row.disabledReason,
    failingSince: row.failingSince?.toISOString() ?? null,
  };
}
