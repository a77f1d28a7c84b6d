import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';

/**
 * Lends Prisma's schema engine, compiled to WebAssembly and connected to this database, with these schema files.
 * Throws PostgreSQL's own error when a script fails, else the engine's.
 */
export async function withEngine<T>(
  databaseUrl: string,
  files: wasm.SchemaContainer[],
  use: (engine: wasm.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const adapter = new WholeScripts(databaseUrl);
  const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
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

/** The part of the global that is used here; its types come with those of a browser only. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const main = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
    const bytes = await readFile(join(dirname(main), 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': { ...wasm, ...idleTimers() },
    });
    wasm.__wbg_set_wasm(instance.exports);
    (instance.exports['__wbindgen_start'] as () => void)();
  })();
  return loaded;
}

/** The engine never clears the timer of its lock, which would keep a finished process alive for ten seconds. */
function idleTimers(): Record<string, unknown> {
  const names = Object.keys(wasm).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const start = (action: () => void, ms: number) => setTimeout(action, ms >>> 0).unref();
  return Object.fromEntries(names.map((name) => [name, start]));
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
