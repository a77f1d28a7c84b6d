import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type {
  MigrationDirectory,
  MigrationList,
  SchemaContainer,
} from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { withEngine } from './schema-engine.ts';

const HERE = import.meta.dirname;
const ROOT = dirname(HERE);

/** Any number that no other program uses as an advisory lock in the same database. */
const MIGRATION_LOCK = 4_207_311_968;
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Brings the database up to date with `prisma/migrations`, as the role that owns it. Uses Prisma's own engine
 * compiled to WebAssembly, so that no engine is downloaded; `prisma migrate deploy` understands the result.
 * Two callers at once take turns. Returns the names of the migrations that were applied; throws Prisma's error.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await forgetUnfinished(lock);
    const migrationsList = await readMigrations();
    return await withEngine(databaseUrl, await readSchema(), async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: NO_FILTERS,
      });
      return { applied: appliedMigrationNames };
    });
  } finally {
    await lock.end();
  }
}

/** A migration file is one transaction: one that was begun and not finished left nothing behind and may run again. */
async function forgetUnfinished(client: pg.Client): Promise<void> {
  const table = await client.query<{ name: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS name",
  );
  if (!table.rows[0]?.name) return;
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
}

/** The SQL that would turn this database into what the schema files say; empty when they agree. */
export async function schemaDrift(databaseUrl: string): Promise<string> {
  const files = await readSchema();
  return withEngine(databaseUrl, files, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: ROOT },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return exitCode === 0 ? '' : (stdout ?? '');
  });
}

async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(HERE, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string): Promise<MigrationDirectory> => {
    const value = await readFile(join(baseDir, name, 'migration.sql'), 'utf8');
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
  };
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.sort().map(read)),
  };
}

async function readSchema(): Promise<SchemaContainer[]> {
  const models = await readdir(join(HERE, 'models'));
  const files = [join(HERE, 'schema.prisma'), ...models.sort().map((name) => join(HERE, 'models', name))];
  return Promise.all(
    files.map(async (file) => ({ path: relative(ROOT, file), content: await readFile(file, 'utf8') })),
  );
}

if (import.meta.main) await main(process.argv[2]);

/** `apply` migrates the database of DATABASE_URL; `diff` prints the SQL that the next migration needs. */
async function main(command: string | undefined): Promise<void> {
  if (command === 'apply') {
    const { ownerDatabaseUrl } = await import('./config.ts');
    const { applied } = await migrate(ownerDatabaseUrl());
    console.log(applied.length ? `Migrated: ${applied.join(', ')}` : 'The database is up to date.');
  } else if (command === 'diff') {
    console.log((await driftOfMigrations()) || '-- The migrations and the schema files agree.');
  } else {
    console.error('Use "prisma/migrate.ts apply" or "prisma/migrate.ts diff".');
    process.exitCode = 1;
  }
}

async function driftOfMigrations(): Promise<string> {
  const { scratchDataDir, startEmbeddedPostgres } = await import('./embedded-postgres.ts');
  const { freePort } = await import('../free-port.ts');
  const dataDir = scratchDataDir();
  const server = await startEmbeddedPostgres({ dataDir, port: await freePort(), durable: false });
  try {
    await migrate(server.url);
    return await schemaDrift(server.url);
  } finally {
    await server.stop();
    await rm(dirname(dataDir), { recursive: true });
  }
}
