import { setTimeout as pause } from 'node:timers/promises';
import { checkDatabaseRole } from './check-database-role.ts';
import { isDatabaseAway } from './database-away.ts';

/** How often, and after how many milliseconds, a database that is away is asked again. */
const TRIES = { count: 30, pause: 1_000 };

/**
 * Waits until the database answers, and makes sure that row-level security binds the role of this URL. `onAway` is told
 * each time why not yet. Throws for a role that is not safe, and when half a minute was not enough.
 */
export async function waitForDatabase(databaseUrl: string, onAway: (cause: string) => void): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await checkDatabaseRole(databaseUrl);
    } catch (error) {
      if (!isDatabaseAway(error) || tried === TRIES.count) throw error;
      onAway(String(error));
      await pause(TRIES.pause);
    }
  }
}
