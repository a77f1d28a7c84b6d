import { join, relative } from 'node:path';
import pg from 'pg';
import { migrate } from '../../prisma/migrate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../prisma/embedded-postgres.ts';
import { embeddedDataDir } from '../../prisma/postgres-data-dir.ts';
import { otherHome, type LocalConfig } from './config.ts';
import { HOME, ROOT, type LocalSecrets } from './home.ts';
import type { Part } from './supervisor.ts';
import { say } from './terminal.ts';

/** Where the platform's database is, for its owner and for the application, and an administrator for the demo's own. */
export interface Databases {
  ownerUrl: string;
  appUrl: string;
  adminUrl: string;
}

/** The embedded PostgreSQL as a part to look after. */
export function postgresPart(port: number): Part<EmbeddedPostgres> {
  const dataDir = otherHome() === null ? embeddedDataDir(ROOT) : join(HOME, 'postgres');
  return {
    name: 'postgres',
    logFile: relative(ROOT, `${dataDir}.log`),
    start: () => startEmbeddedPostgres({ dataDir, port, log: (text) => say('postgres', text) }),
  };
}

/** The URLs of the embedded server, whose superuser URL is given, or of the user's own server. */
export function databaseUrls(
  config: LocalConfig,
  secrets: LocalSecrets,
  embeddedUrl: string | null,
): Databases {
  const adminUrl = config.databaseUrl ?? embeddedUrl;
  if (adminUrl === null) throw new Error('There is no PostgreSQL to use.');
  const ownerUrl = config.databaseUrl ?? withParts(adminUrl, { database: 'levqor' });
  const appUrl =
    config.appDatabaseUrl ?? withParts(ownerUrl, { user: 'levqor_app', password: secrets.appPassword });
  return { adminUrl, ownerUrl, appUrl };
}

/** Makes the database when it is missing, brings its tables up to date and lets the application sign in. */
export async function prepareDatabase(
  { adminUrl, ownerUrl, appUrl }: Databases,
  config: LocalConfig,
): Promise<void> {
  if (config.databaseUrl === null) await createDatabase(adminUrl, 'levqor');
  const { applied } = await migrate(ownerUrl);
  if (applied.length > 0)
    say('postgres', `applied ${applied.length} migration${applied.length === 1 ? '' : 's'}`);
  if (config.appDatabaseUrl !== null) return;
  const { password } = new URL(appUrl);
  await withClient(ownerUrl, (client) =>
    client.query(`ALTER ROLE levqor_app LOGIN PASSWORD ${client.escapeLiteral(password)}`),
  );
}

/** Makes a database unless it exists. */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
}

/** Works with one connection and closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same URL with another database, user or password. */
export function withParts(
  url: string,
  parts: { database?: string; user?: string; password?: string },
): string {
  const changed = new URL(url);
  if (parts.database !== undefined) changed.pathname = `/${parts.database}`;
  if (parts.user !== undefined) changed.username = parts.user;
  if (parts.password !== undefined) changed.password = parts.password;
  return changed.href;
}
