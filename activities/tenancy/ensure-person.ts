import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import type { PersonId } from '../../workflows/ids.ts';
import { uuidOf } from '../../workflows/sha256.ts';

/**
 * An e-mail address as it is kept: one spelling for each mailbox. NFKC comes first, so that a look-alike such as the
 * full-width `＠` is checked as what it becomes.
 */
export const emailField = z
  .string()
  .trim()
  .max(254)
  .transform((text) => text.normalize('NFKC').toLowerCase())
  .pipe(z.email('This is not an e-mail address.').max(254));

/**
 * The person with this address, made unless there is one; an address that is known keeps its name. The id comes from
 * the address: row-level security hides people of other organisations and those who left, so they could not be
 * looked up, and one address would be refused for ever after its person left once.
 */
export async function ensurePerson(db: Db, person: { email: string; name: string }): Promise<PersonId> {
  const id = uuidOf(`person ${person.email}`) as PersonId;
  // createMany, since a single create reads the row back, and a person is visible only once a member.
  await db.person.createMany({ data: [{ id, ...person }], skipDuplicates: true });
  return id;
}
