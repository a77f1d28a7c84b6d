import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import type { TenantId } from '../workflows/ids.ts';
import { Prisma, PrismaClient } from './generated/client.ts';
import { retryTransient } from './retry.ts';
import { signInRows, type SignInRows } from './sign-in-rows.ts';
import { statementNames } from './statement-names.ts';
import { tenantPool } from './tenant-pool.ts';

export { Prisma };

/** The client inside an open tenant transaction. There is no other way to a tenant's rows. */
export type Db = Prisma.TransactionClient;

/** The application's door to PostgreSQL, connected as a role that row-level security binds. */
export interface Database {
  /**
   * Runs `fn` in one transaction that sees and writes the rows of this tenant only. Tried again when the
   * database was away or refused by concurrency, as long as nothing can have been committed.
   * Throws what `fn` throws, and an error when called inside another tenant transaction.
   */
  withTenant<T>(tenantId: TenantId, fn: (db: Db) => Promise<T>): Promise<T>;
  /** Look-ups that are needed before a tenant is known; they return ids only. */
  lookup: Lookup;
  /** Links and sessions of people who sign in on the web, who belong to no tenant. */
  signIn: SignInRows;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What may be asked across tenants; each is a database function owned by `levqor_lookup`. */
export interface Lookup {
  apiKey(sha256: Uint8Array): Promise<{ tenantId: TenantId; id: string } | null>;
  tenant(slug: string): Promise<TenantId | null>;
  dueOutbox(limit: number): Promise<{ tenantId: TenantId; id: string }[]>;
  openRuns(page: {
    olderThanSeconds: number;
    after: string | null;
    limit: number;
  }): Promise<{ tenantId: TenantId; id: string }[]>;
  openBulkReruns: Lookup['openRuns'];
  /** Tenants with idempotency keys of that age, at most `limit`. */
  tenantsWithOldKeys(wanted: { olderThanHours: number; limit: number }): Promise<TenantId[]>;
  /** The webhook whose token has this SHA-256. */
  webhook(sha256: Uint8Array): Promise<{ tenantId: TenantId; id: string } | null>;
  /** The approval link whose token has this SHA-256. */
  approvalLink(sha256: Uint8Array): Promise<{ tenantId: TenantId; id: string } | null>;
  /** Takes or prolongs a lease for `seconds`; false while another holder has it. */
  takeLease(lease: { name: string; holder: string; seconds: number }): Promise<boolean>;
}

/** Times in milliseconds. A verb's transaction is short by construction: no network call fits inside. */
const TRANSACTION = { maxWait: 5_000, timeout: 15_000 };

/** Opens a pool of `poolSize` connections. Connects lazily; call `ping` to know. */
export function openDatabase(url: string, poolSize = 8): Database {
  const open = new AsyncLocalStorage<TenantId>();
  const pool = tenantPool({ url, size: poolSize, tenant: () => open.getStore() });
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: statementNames() });
  const client = new PrismaClient({ adapter });

  const withTenant = async <T>(tenantId: TenantId, fn: (db: Db) => Promise<T>): Promise<T> => {
    // A second transaction inside the first would wait for a connection that the first one holds.
    if (open.getStore() !== undefined)
      throw new Error('A tenant transaction is open already: pass its db on');
    return retryTransient(() => open.run(tenantId, () => client.$transaction(fn, TRANSACTION)));
  };

  return {
    withTenant,
    lookup: lookupOf(client),
    signIn: signInRows(client),
    ping: async () => void (await client.$queryRaw`SELECT 1`),
    close: () => client.$disconnect(),
  };
}

interface Found {
  tenant_id: TenantId;
  id: string;
}
const toIds = (rows: Found[]) => rows.map((row) => ({ tenantId: row.tenant_id, id: row.id }));

function lookupOf(client: PrismaClient): Lookup {
  return {
    apiKey: async (sha256) => {
      const rows = await retryTransient(
        () => client.$queryRaw<Found[]>`SELECT * FROM find_api_key(${sha256})`,
      );
      return toIds(rows)[0] ?? null;
    },
    webhook: async (sha256) => {
      const rows = await retryTransient(
        () => client.$queryRaw<Found[]>`SELECT * FROM find_webhook(${sha256})`,
      );
      return toIds(rows)[0] ?? null;
    },
    approvalLink: async (sha256) => {
      const rows = await retryTransient(
        () => client.$queryRaw<Found[]>`SELECT * FROM find_approval_link(${sha256})`,
      );
      return toIds(rows)[0] ?? null;
    },
    takeLease: async ({ name, holder, seconds }) => {
      const [row] = await client.$queryRaw<{ taken: boolean }[]>`
        SELECT take_lease(${name}, ${holder}, make_interval(secs => ${seconds})) AS taken`;
      return row?.taken === true;
    },
    tenant: async (slug) => {
      const [row] = await retryTransient(
        () => client.$queryRaw<{ id: TenantId | null }[]>`SELECT find_tenant(${slug}) AS id`,
      );
      return row?.id ?? null;
    },
    dueOutbox: async (limit) =>
      toIds(await client.$queryRaw<Found[]>`SELECT * FROM due_outbox(${limit}::int)`),
    openRuns: async ({ olderThanSeconds, after, limit }) =>
      toIds(
        await client.$queryRaw<Found[]>`
          SELECT * FROM open_runs(make_interval(secs => ${olderThanSeconds}), ${after}::uuid, ${limit}::int)`,
      ),
    tenantsWithOldKeys: async ({ olderThanHours, limit }) => {
      const rows = await client.$queryRaw<Pick<Found, 'tenant_id'>[]>`
        SELECT * FROM tenants_with_old_keys(make_interval(hours => ${olderThanHours}::int), ${limit}::int)`;
      return rows.map((row) => row.tenant_id);
    },
    openBulkReruns: async ({ olderThanSeconds, after, limit }) =>
      toIds(
        await client.$queryRaw<Found[]>`
          SELECT * FROM open_bulk_reruns(make_interval(secs => ${olderThanSeconds}), ${after}::uuid, ${limit}::int)`,
      ),
  };
}
