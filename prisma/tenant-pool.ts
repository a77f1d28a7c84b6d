import pg from 'pg';
import type { TenantId } from '../workflows/ids.ts';

/**
 * A pool whose transactions name their tenant to row-level security in the message that begins them: one trip to the
 * server for both. `tenant` tells whose transaction is about to begin; without one nothing is named, and no row of any
 * tenant can be seen.
 */
export function tenantPool(settings: {
  url: string;
  size: number;
  tenant: () => TenantId | undefined;
}): pg.Pool {
  const { url, size, tenant } = settings;
  const pool = new pg.Pool({
    ...{ connectionString: url, max: size, connectionTimeoutMillis: 5_000 },
    Client: clientThatNames(tenant),
  });
  // One that is lost while it is handed over has no listener of the pool's: the next query on it fails, not the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function clientThatNames(tenant: () => TenantId | undefined): typeof pg.Client {
  return class extends pg.Client {
    // The pool's users see all forms of `query`; only the one that begins a transaction is another here.
    override query = ((...args: Parameters<pg.Client['query']>) => {
      const [query] = args as unknown[];
      const text = (query as { text?: string } | undefined)?.text;
      const id = text === 'BEGIN' ? tenant() : undefined;
      if (id === undefined) return super.query(...args);
      if (!UUID.test(id)) throw new Error('A tenant id is a UUID');
      return super.query(`BEGIN; SELECT set_config('app.tenant_id', '${id}', true)`);
    }) as pg.Client['query'];
  };
}
