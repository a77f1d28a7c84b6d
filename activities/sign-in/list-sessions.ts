import type { Database } from '../../prisma/database.ts';
import type { PersonId } from '../../workflows/ids.ts';

/** A browser in which somebody is signed in. Times are ISO 8601. */
export interface SessionView {
  id: string;
  /** The browser's own name for itself. */
  userAgent: string | null;
  /** Where it was opened from: an IPv4 address, or the first half of an IPv6 one. */
  network: string | null;
  createdAt: string;
  /** When it was last used, to the minute. */
  seenAt: string;
  expiresAt: string;
}

/** Where this person is signed in, the browser used last first. Empty unless the session that asks holds itself. */
export async function listSessions(
  database: Database,
  { sessionId: id, personId }: { sessionId: string; personId: string },
): Promise<SessionView[]> {
  const rows = await database.signIn.sessionsOf({ id, personId: personId as PersonId });
  return rows.map(({ createdAt, seenAt, expiresAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}
