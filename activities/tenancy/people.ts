import type { Db } from '../../prisma/database.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';

/** Who somebody is, as far as other members may see. */
export interface PersonSummary {
  id: PersonId;
  email: string;
  name: string;
}

/** The members among these ids, by id. Whoever is no longer a member is missing. */
export async function readPeople(
  db: Db,
  tenantId: TenantId,
  ids: (string | null)[],
): Promise<Map<string, PersonSummary>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const people = await db.person.findMany({
    where: { id: { in: wanted }, members: { some: { tenantId } } },
    select: { id: true, email: true, name: true },
  });
  return new Map(people.map(({ id, email, name }) => [id, { id: id as PersonId, email, name }]));
}

/** One of the people read, or null for nobody and for those who left. */
export function personIn(people: Map<string, PersonSummary>, id: string | null): PersonSummary | null {
  return id === null ? null : (people.get(id) ?? null);
}
