import type { Role } from '../../workflows/tenancy/model.ts';
import { personIn, type PersonSummary } from './people.ts';
import { rolesIn } from './roles.ts';

/** What may be shown of an API key: never its token. Times are ISO 8601. */
export interface ApiKeyView {
  id: string;
  name: string;
  /** The token's first characters. */
  prefix: string;
  /** True for a key without a person behind it. */
  service: boolean;
  person: PersonSummary | null;
  roles: Role[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  personId: string | null;
  roles: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** The view of a row, with the person taken from `people`. */
export function toApiKeyView(row: ApiKeyRow, people: Map<string, PersonSummary>): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    service: row.personId === null,
    person: personIn(people, row.personId),
    roles: rolesIn(row.roles),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
