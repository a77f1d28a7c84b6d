import pg from 'pg';

/** What the rig sees of the runs from outside, past the API and the proxies. */
export interface RunWatch {
  /** The status of a run that is not over, by its UUID; stays as it was while PostgreSQL is away. */
  readonly open: ReadonlyMap<string, string>;
  /** When it was last looked, in milliseconds since 1970. */
  readonly lookedAt: number;
  stop(): Promise<void>;
}

const LOOK_MS = 300;
const OPEN = `SELECT id, status FROM run WHERE status IN ('QUEUED', 'RUNNING', 'WAITING', 'PAUSED')`;

/** Looks at the open runs again and again, as the superuser of this URL. */
export function watchRuns(adminUrl: string): RunWatch {
  const watch = { open: new Map<string, string>(), lookedAt: 0 };
  // A pool opens a new connection after each outage.
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1, connectionTimeoutMillis: 2_000 });
  pool.on('error', () => undefined);
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;
  const look = async () => {
    try {
      const { rows } = await pool.query<{ id: string; status: string }>(OPEN);
      watch.open = new Map(rows.map(({ id, status }) => [id, status]));
      watch.lookedAt = Date.now();
    } catch {
      // PostgreSQL is away: that is what the rig is for.
    }
    if (!stopped) timer = setTimeout(again, LOOK_MS);
  };
  const again = () => void (looking = look());
  again();
  return Object.assign(watch, {
    stop: async () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      await looking;
      await pool.end();
    },
  });
}
