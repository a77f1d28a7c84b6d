import type { Database } from '../../prisma/database.ts';
import type { PersonId } from '../../workflows/ids.ts';

/** Ends a session of this person; another's stays as it is. Tokens and sockets of it are refused from then on. */
export async function endSession(
  database: Database,
  { sessionId: id, personId }: { sessionId: string; personId: string },
): Promise<void> {
  await database.signIn.endSessions({ id, personId: personId as PersonId, others: false });
}
