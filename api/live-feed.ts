import pg from 'pg';
import type { Log } from '../activities/log.ts';
import { LIVE_CHANNEL, type LiveEvent } from '../activities/publish.ts';
import type { TenantId } from '../workflows/ids.ts';

/** What a listener hears: a change, or that changes may have been missed. */
export type LiveNews = LiveEvent | 'reconnected';

/** Live events of this process, from one listening connection to PostgreSQL. */
export interface LiveFeed {
  /** Hears the news of one tenant until the returned function is called. */
  listen(tenantId: TenantId, listener: (news: LiveNews) => void): () => void;
  close(): Promise<void>;
}

/** Waits in milliseconds before connecting again; the last one repeats. */
const RECONNECT_DELAYS = [100, 500, 2_000, 5_000];

/** Starts to listen, in the background, and connects again for as long as it is open. */
export function openLiveFeed(databaseUrl: string, log: Log): LiveFeed {
  const listeners = new Listeners();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let failures = 0;

  const connect = async (): Promise<void> => {
    const mine = new pg.Client({
      connectionString: databaseUrl,
      keepAlive: true,
      application_name: 'levqor-live',
    });
    client = mine;
    mine.on('notification', ({ payload }) => listeners.tell(payload));
    mine.on('error', () => lost(mine));
    mine.on('end', () => lost(mine));
    try {
      await mine.connect();
      await mine.query(`LISTEN ${LIVE_CHANNEL}`);
    } catch (error) {
      log.warn({ err: error }, 'Cannot listen for live events yet');
      return lost(mine);
    }
    failures = 0;
    // At the first connection too: somebody may have begun to listen before it stood.
    listeners.tellAll('reconnected');
  };

  const lost = (which: pg.Client): void => {
    if (closed || client !== which) return;
    client = null;
    // Ends a half-open connection; one that is dead already may complain, which changes nothing.
    which.end().catch(() => undefined);
    const delay = RECONNECT_DELAYS[Math.min(failures, RECONNECT_DELAYS.length - 1)];
    failures += 1;
    timer = setTimeout(() => void connect(), delay);
  };

  void connect();
  return {
    listen: (tenantId, listener) => listeners.add(tenantId, listener),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}

type Listener = (news: LiveNews) => void;

/** Who listens, by tenant. */
class Listeners {
  readonly #byTenant = new Map<TenantId, Set<Listener>>();

  /** Adds a listener; the returned function takes it away again. */
  add(tenantId: TenantId, listener: Listener): () => void {
    const hearers = this.#byTenant.get(tenantId) ?? new Set();
    this.#byTenant.set(tenantId, hearers.add(listener));
    return () => {
      hearers.delete(listener);
      if (hearers.size === 0 && this.#byTenant.get(tenantId) === hearers) this.#byTenant.delete(tenantId);
    };
  }

  tell(payload: string | undefined): void {
    const event = JSON.parse(payload ?? 'null') as LiveEvent | null;
    if (event) for (const hear of this.#byTenant.get(event.tenantId) ?? []) hear(event);
  }

  tellAll(news: LiveNews): void {
    for (const hearers of this.#byTenant.values()) for (const hear of hearers) hear(news);
  }
}
