/** Prisma codes of failures before anything can have been committed: no server, no connection, a refused conflict. */
const SAFE_TO_RETRY = new Set(['P1001', 'P1017', 'P2034']);
const NO_CONNECTION = /timeout exceeded when trying to connect|Unable to start a transaction|ECONNREFUSED/;
/** The same as the driver adapter calls them, which Prisma hides inside the error of a raw query. */
const SAFE_CAUSES = new Set([
  'DatabaseNotReachable',
  'TooManyConnections',
  'TransactionWriteConflict',
  // Starting up, or shutting down: no connection was given.
  '57P03',
]);

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
  if (typeof code === 'string' && SAFE_TO_RETRY.has(code)) return true;
  return NO_CONNECTION.test(error.message) || driverCodes(error).some((one) => SAFE_CAUSES.has(one));
}

/** What the driver adapter says of an error of Prisma's: its own word for it and PostgreSQL's code, where known. */
export function driverCodes(error: unknown): string[] {
  const { meta } = Object(error) as { meta?: { driverAdapterError?: { cause?: unknown } } };
  const { kind, originalCode } = Object(meta?.driverAdapterError?.cause) as Record<string, unknown>;
  return [kind, originalCode].filter((one) => typeof one === 'string');
}
