/** Prisma codes of failures before anything can have been committed: no server, no connection, a refused conflict. */
const SAFE_TO_RETRY = new Set(['P1001', 'P1017', 'P2034']);
const NO_CONNECTION = /timeout exceeded when trying to connect|Unable to start a transaction|ECONNREFUSED/;

/** Waits in milliseconds between the tries; together about the time that PostgreSQL takes to restart. */
const DELAYS = [50, 200, 800, 2_000];

/**
 * Runs `attempt` again, with back-off and jitter, when the failure says that nothing can have been committed.
 * A connection that was lost during a transaction is not such a failure: the commit may have arrived.
 */
export async function retryTransient<T>(attempt: () => Promise<T>): Promise<T> {
  for (const delay of DELAYS) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay * (0.75 + Math.random() / 2)));
    }
  }
  return attempt();
}

/** True when a database error allows the same transaction to be tried again without doubt. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  return (typeof code === 'string' && SAFE_TO_RETRY.has(code)) || NO_CONNECTION.test(error.message);
}
