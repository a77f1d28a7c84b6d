import type { ConnectionKind } from '../../workflows/connections/model.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { personIn, type PersonSummary } from '../tenancy/index.ts';

/** What may be shown of a connection: never a secret, only which are set. Times are ISO 8601. */
export interface ConnectionView {
  id: string;
  name: string;
  kind: ConnectionKind;
  settings: JsonObject;
  /** Names of the secrets that are set: `password`, `headers.X-Api-Key`. */
  secretFields: string[];
  /** Counts up with each rotation, from 1. */
  version: number;
  createdAt: string;
  createdBy: PersonSummary | null;
  rotatedAt: string | null;
}

interface ConnectionRow {
  id: string;
  name: string;
  kind: string;
  settings: unknown;
  secretFields: string[];
  version: number;
  createdAt: Date;
  createdBy: string | null;
  rotatedAt: Date | null;
}

/** The columns that a view is made of: the sealed secret is not read at all. */
export const VIEW_COLUMNS = {
  id: true,
  name: true,
  kind: true,
  settings: true,
  secretFields: true,
  version: true,
  createdAt: true,
  createdBy: true,
  rotatedAt: true,
} as const;

/** The view of a row, with its person taken from `people`. */
export function toConnectionView(row: ConnectionRow, people: Map<string, PersonSummary>): ConnectionView {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as ConnectionKind,
    settings: row.settings as JsonObject,
    secretFields: row.secretFields,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    createdBy: personIn(people, row.createdBy),
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
  };
}
