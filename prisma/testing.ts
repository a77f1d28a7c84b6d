import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from './migrate.ts';

/** A migrated database of a test file's own, with the roles of production. */
export interface TestDatabase {
  /** The role that owns the tables and migrates; row-level security binds it too. */
  ownerUrl: string;
  /** The application's role `levqor_app`. */
  appUrl: string;
  /** A superuser, for looking at all rows. */
  adminUrl: string;
  /** Drops the database, whoever is still connected. */
  close(): Promise<void>;
}

const TEMPLATE = 'levqor_template';
const OWNER = 'levqor_owner';
const APP = 'levqor_app';

/**
 * A copy of the migrated, empty database; takes about 25 ms. Call it once for a test file and `close` it at the end.
 * `server` is what `makeTemplate` gave for a server of the caller's own; the one of this test run when left out.
 */
export async function testDatabase(server?: string): Promise<TestDatabase> {
  const { adminUrl, password } =
    server === undefined ? serverOfThisRun() : (JSON.parse(server) as TestServer);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await command(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${OWNER}`);
  return {
    ownerUrl: urlOf(adminUrl, name, { user: OWNER, password }),
    appUrl: urlOf(adminUrl, name, { user: APP, password }),
    adminUrl: urlOf(adminUrl, name),
    close: () => command(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

interface TestServer {
  adminUrl: string;
  password: string;
}

function serverOfThisRun(): TestServer {
  const told = process.env['LEVQOR_TEST_DATABASE'];
  if (told) return JSON.parse(told) as TestServer;
  throw new Error(
    'No test database runs. Tests that need one are named *.db.test.ts, *.resolver.test.ts or *.e2e.test.ts.',
  );
}

/**
 * Called once before the tests: makes the database that `testDatabase` copies, migrated by an owner that is no
 * superuser, as in production. Returns what the environment variable LEVQOR_TEST_DATABASE has to hold.
 */
export async function makeTemplate(adminUrl: string): Promise<string> {
  const password = randomBytes(16).toString('hex');
  await command(adminUrl, `CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${password}'`);
  await command(adminUrl, `CREATE DATABASE ${TEMPLATE} OWNER ${OWNER}`);
  await migrate(urlOf(adminUrl, TEMPLATE, { user: OWNER, password }));
  await command(adminUrl, `ALTER ROLE ${APP} LOGIN PASSWORD '${password}'`);
  // A connection to it would make every copy wait.
  await command(adminUrl, `ALTER DATABASE ${TEMPLATE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  const server: TestServer = { adminUrl, password };
  return JSON.stringify(server);
}

async function command(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string, account?: { user: string; password: string }): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (account) {
    url.username = account.user;
    url.password = account.password;
  }
  return url.href;
}
