import type { Db } from '../../prisma/database.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { personIn, readPeople, type PersonSummary } from '../tenancy/index.ts';

/** The power to decide, handed by one approver to one person for a period. Times are ISO 8601. */
export interface DelegationView {
  id: string;
  fromId: string;
  /** Who handed it over; null once that person has left the organisation. */
  from: PersonSummary | null;
  toId: string;
  /** Who may use it; null once that person has left the organisation. */
  to: PersonSummary | null;
  startsAt: string;
  endsAt: string;
  reason: string | null;
  createdAt: string;
  revokedAt: string | null;
  /** Whether it could be used at the moment of the answer. */
  inForce: boolean;
}

interface DelegationRow {
  id: string;
  fromId: string;
  toId: string;
  startsAt: Date;
  endsAt: Date;
  reason: string | null;
  createdAt: Date;
  revokedAt: Date | null;
}

/** The views of these rows at `now`, their people read in one statement. */
export async function delegationViews<Row extends DelegationRow>(
  db: Db,
  rows: readonly Row[],
  { tenantId, now }: { tenantId: TenantId; now: Date },
): Promise<(row: Row) => DelegationView> {
  const people = await readPeople(
    db,
    tenantId,
    rows.flatMap((row) => [row.fromId, row.toId]),
  );
  return (row) => ({
    id: row.id,
    fromId: row.fromId,
    from: personIn(people, row.fromId),
    toId: row.toId,
    to: personIn(people, row.toId),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    inForce:
      row.revokedAt === null &&
      row.startsAt <= now &&
      row.endsAt > now &&
      people.has(row.fromId) &&
      people.has(row.toId),
  });
}
