import { open, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { commandLineOf, isAlive, spawnServer, stopProcess } from '../server-process.ts';
import { postgresAccount, type PostgresAccount } from './postgres-account.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { ensureDataDir, POSTGRES_ENVIRONMENT } from './postgres-data-dir.ts';
import { explainFailure } from './postgres-failure.ts';

export { embeddedDataDir, scratchDataDir } from './postgres-data-dir.ts';

/** How to start a PostgreSQL of our own. */
export interface EmbeddedPostgresOptions {
  /** Made when missing. Beside it stand `<dataDir>.password` (mode 600) and `<dataDir>.log`. */
  dataDir: string;
  port: number;
  /** False only for tests: quicker, but a power cut may lose everything. */
  durable?: boolean;
  log?: (line: string) => void;
}

/** A PostgreSQL that answers on 127.0.0.1. */
export interface EmbeddedPostgres {
  /** For the superuser `postgres`, with its password. */
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** Times in milliseconds. Starting after a crash may take a while, since PostgreSQL repeats its journal first. */
const START_LIMIT = 60_000;
const LEFTOVER_LIMIT = 10_000;
const POLL = 50;

/**
 * Starts PostgreSQL from npm's binaries and waits until it answers. A folder whose server still runs is taken over
 * as it is, port included. Throws an error that says what to do: port taken, library missing, foreign folder.
 */
export async function startEmbeddedPostgres(given: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const options = { ...given, dataDir: resolve(given.dataDir) };
  const { dataDir, log = () => {} } = options;
  const account = postgresAccount(dataDir);
  const { initdb, postgres } = await postgresBinaries(account);
  const password = await ensureDataDir({ dataDir, account, initdb, log });
  const running = await runningServer(dataDir, password);
  if (running) {
    log(`PostgreSQL already runs on port ${running.port} (process ${running.pid}): using it`);
    return { ...running, exited: endOf(running.pid), stop: () => stopServer(running.pid) };
  }
  const deadline = Date.now() + LEFTOVER_LIMIT;
  for (;;) {
    const outcome = await tryStart(options, { postgres, account, password });
    if (!('failure' in outcome)) return outcome;
    // The children of a killed server need a moment to notice that it is gone.
    if (!outcome.failure.includes('pre-existing shared memory block') || Date.now() > deadline)
      throw new Error(explainFailure(outcome.failure, options));
    await pause(POLL * 10);
  }
}

async function tryStart(
  { dataDir, port, durable = true }: EmbeddedPostgresOptions,
  { postgres, account, password }: { postgres: string; account: PostgresAccount | null; password: string },
): Promise<EmbeddedPostgres | { failure: string }> {
  const logFile = `${dataDir}.log`;
  const logStart = (await stat(logFile).catch(() => null))?.size ?? 0;
  const quick = durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: 200,
    ...quick,
  };
  const args = [
    '-D',
    dataDir,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const command = { file: postgres, args, logFile, env: POSTGRES_ENVIRONMENT, cwd: '/', account };
  const server = await spawnServer(command).catch((error: Error) => ({ failure: error.message }));
  if ('failure' in server) return server;
  let ended = false;
  void server.exited.then(() => (ended = true));
  const url = urlOf(port, password);
  const deadline = Date.now() + START_LIMIT;
  while (!(await answers(url))) {
    if (ended) return { failure: await readFrom(logFile, logStart) };
    if (Date.now() > deadline) {
      await stopServer(server.pid);
      return { failure: `no answer within ${START_LIMIT / 1000} seconds; its log is ${logFile}` };
    }
    await pause(POLL);
  }
  return { ...server, url, port, stop: () => stopServer(server.pid) };
}

/** SIGINT ends sessions and writes a checkpoint; SIGQUIT leaves the journal to the next start. */
async function stopServer(pid: number): Promise<void> {
  await stopProcess(pid, ['SIGINT', 'SIGQUIT']);
}

async function endOf(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(500);
}

/** The server that works on this folder, as its own `postmaster.pid` tells; null when there is none. */
async function runningServer(dataDir: string, password: string) {
  const note = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid = 0, , , port = 0] = note.split('\n').map(Number);
  if (!pid || !isAlive(pid) || !(await commandLineOf(pid)).includes(dataDir)) {
    // PostgreSQL itself would be misled by a foreign process that was given the same number since.
    await rm(join(dataDir, 'postmaster.pid'), { force: true });
    return null;
  }
  const url = urlOf(port, password);
  const deadline = Date.now() + LEFTOVER_LIMIT;
  while (isAlive(pid)) {
    if (await answers(url)) return { pid, port, url };
    if (Date.now() > deadline)
      throw new Error(
        `A PostgreSQL server (process ${pid}) holds ${dataDir} but does not answer. Please end it with "kill ${pid}" and start again.`,
      );
    await pause(POLL);
  }
  return null;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function urlOf(port: number, password: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const from = Math.max(start, size - 8_192);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
