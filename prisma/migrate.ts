import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

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
    return await withEngine(databaseUrl, async (engine) => {
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
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (table.rows[0].name === null) return;
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
}

/** The SQL that would turn this database into what the schema files say; empty when they agree. */
export async function schemaDrift(databaseUrl: string): Promise<string> {
  const files = await readSchema();
  return withEngine(databaseUrl, async (engine) => {
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

async function withEngine<T>(databaseUrl: string, use: (engine: wasm.SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  const adapter = new WholeScripts(databaseUrl);
  const datamodels = (await readSchema()).map(({ path, content }): [string, string] => [path, content]);
  const factory = bindMigrationAwareSqlAdapterFactory(adapter);
  const engine = await wasm.SchemaEngine.new({ datamodels }, () => {}, factory);
  try {
    return await use(engine);
  } catch (error) {
    throw adapter.scriptError ?? error;
  } finally {
    engine.free();
    await adapter.close();
  }
}

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const main = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
    const bytes = await readFile(join(dirname(main), 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...wasm } });
    wasm.__wbg_set_wasm(instance.exports);
    (instance.exports['__wbindgen_start'] as () => void)();
  })();
  return loaded;
}

/** The adapter cuts scripts at each ';', which breaks function bodies: this one hands the file over whole. */
class WholeScripts extends PrismaPg {
  /** What PostgreSQL said to the last script that failed; the engine keeps only that something did. */
  scriptError: unknown;
  private readonly opened: SqlDriverAdapter[] = [];

  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    readCharAsText(pool);
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: unknown) => {
        this.scriptError = error;
        throw error;
      });
    };
    this.opened.push(adapter);
    return adapter;
  }

  async close(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((adapter) => adapter.dispose()));
  }
}

/** PostgreSQL's one-letter type "char", which the engine reads from the catalogue and the adapter does not know. */
const CHAR_TYPE = 18;
const TEXT_TYPE = 25;

function readCharAsText(pool: pg.Pool): void {
  // The adapter calls `query` in its promise form only.
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>;
  const readable = async (...args: unknown[]) => {
    const result = await query(...args);
    for (const { fields } of [result].flat())
      for (const field of fields) if (field.dataTypeID === CHAR_TYPE) field.dataTypeID = TEXT_TYPE;
    return result;
  };
  pool.query = readable as typeof pool.query;
}

async function readMigrations(): Promise<wasm.MigrationList> {
  const baseDir = join(HERE, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string): Promise<wasm.MigrationDirectory> => {
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

async function readSchema(): Promise<{ path: string; content: string }[]> {
  const models = await readdir(join(HERE, 'models'));
  const files = [join(HERE, 'schema.prisma'), ...models.sort().map((name) => join(HERE, 'models', name))];
  return Promise.all(
    files.map(async (file) => ({ path: relative(ROOT, file), content: await readFile(file, 'utf8') })),
  );
}
