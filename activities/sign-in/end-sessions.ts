import type { Database } from '../../prisma/database.ts';
import type { PersonId } from '../../workflows/ids.ts';

/**
 * Ends a session of this person, or all of theirs but that one; another person's stays as it is. Tokens and sockets of
 * what ended are refused from then on. Gives how many were ended.
 */
export function endSessions(
  database: Database,
  { sessionId: id, personId, others }: { sessionId: string; personId: string; others: boolean },
): Promise<number> {
  return database.signIn.endSessions({ id, personId: personId as PersonId, others });
}
