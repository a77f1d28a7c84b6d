import type { Database } from '../../prisma/database.ts';
import type { PersonId } from '../../workflows/ids.ts';

/**
 * Ends a session of this person, or all others of theirs; another's stays as it is. Tokens and sockets of those are
 * refused from then on. Gives how many were ended.
 */
export async function endSessions(
  database: Database,
  { sessionId: id, personId, others }: { sessionId: string; personId: string; others: boolean },
): Promise<number> {
  return database.signIn.endSessions({ id, personId: personId as PersonId, others });
}
